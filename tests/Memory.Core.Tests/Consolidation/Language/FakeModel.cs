using System.Text.Json;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Language.Remote;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;
using static Memory.Tests.LoopbackServer;

namespace Memory.Core.Tests.Consolidation.Language;

/// <summary>A language model on this machine that answers what the test wants, through HTTP and the real client.</summary>
internal sealed class FakeModel : IAsyncDisposable
{
    private readonly LanguageModelSource _source;

    /// <param name="answer">What it says to a question, which is the JSON object of the user message.</param>
    /// <param name="options">How much it may do.</param>
    /// <param name="time">The clock of the limits.</param>
    public FakeModel(Func<JsonElement, string> answer, LanguageModelOptions? options = null, TimeProvider? time = null)
        : this(request => Task.FromResult(Completion(answer(Question(request)))), options, time)
    {
    }

    public FakeModel(Func<Request, Task<Reply>> answer, LanguageModelOptions? options = null, TimeProvider? time = null)
    {
        Server = new LoopbackServer(answer);
        _source = new LanguageModelSource(() => Outcome.Of<IChatClient>(Client(Server, time)), options);
        Run = new LanguageModelRun(_source, new StatementReader(embedder: null), time ?? TimeProvider.System);
    }

    public LoopbackServer Server { get; }

    /// <summary>The model, for a consolidator.</summary>
    public LanguageModelSource Source => _source;

    public LanguageModelRun Run { get; }

    public static OpenAiChatClient Client(LoopbackServer server, TimeProvider? time = null, Func<ChatEndpointOptions, ChatEndpointOptions>? change = null)
    {
        var options = new ChatEndpointOptions { Endpoint = server.Address, Model = "m", ApiKeyVariable = "KEY", RetryDelay = TimeSpan.Zero };
        return OpenAiChatClient.Create(change?.Invoke(options) ?? options, static _ => "secret-key", time ?? TimeProvider.System, static () => 0.5).Value.ShouldNotBeNull();
    }

    public static Reply Completion(string text) =>
        Reply.Text(200, $$$"""{"id":"1","choices":[{"index":0,"message":{"content":{{{JsonSerializer.Serialize(text)}}},"role":"assistant"},"finish_reason":"stop"}],"usage":{}}""");

    public static JsonElement Question(Request request) =>
        JsonElement.Parse(JsonElement.Parse(request.Body).GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!);

    public static MemoryRecord Said(string content, string source = "user", int day = 1)
    {
        var at = new DateTimeOffset(2026, 3, day, 12, 0, 0, TimeSpan.Zero);
        return new MemoryRecord
        {
            Id = MemoryId.New(new Random(content.GetHashCode(StringComparison.Ordinal))), Namespace = Namespace.Default, Content = content, Kind = MemoryKind.Fact, Tags = [], Importance = 0.5,
            Source = source, State = MemoryState.Active, Confidence = 0.8, ConfidenceAt = at, CreatedAt = at, UpdatedAt = at, Sequence = 1,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _source.Dispose();
        await Server.DisposeAsync();
    }
}
