using System.Text.Json;
using CsCheck;
using Memory.Server.Stdio;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server.Tests.Stdio;

/// <summary>The SDK's server behind the transport: whatever a client sends, its next good request works.</summary>
public sealed class ServedOverStdioTests
{
    [Theory]
    [MemberData(nameof(BadLines.All), MemberType = typeof(BadLines))]
    public async Task Bad_line_is_answered_and_the_next_good_request_works(string line, int code, string id, string part)
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send(BadLines.Bytes(line));
        served.Connection.Send(Echo("\"good\"", "hello"));

        var refusal = await served.Connection.ReadAsync();
        refusal.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        refusal.GetProperty("id").GetRawText().ShouldBe(id);
        refusal.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code);
        refusal.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(part);
        EchoedIn(await served.Connection.ReadAsync(), "\"good\"").ShouldBe("hello");
    }

    [Fact]
    public async Task Blank_lines_get_no_answer()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send("\r\n\n \t\n\uFEFF");
        served.Connection.Send(Echo("2", "hello") + "\r");

        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("hello");
    }

    [Fact]
    public async Task Line_of_ten_megabytes_is_refused_with_its_id_and_the_limit()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send(Echo("\"long\"", new string('x', 10_000_000)));
        served.Connection.Send(Echo("2", "hello"));

        var refusal = await served.Connection.ReadAsync();
        refusal.GetProperty("id").GetString().ShouldBe("long");
        refusal.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
        refusal.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("4194304 bytes");
        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("hello");
    }

    [Fact]
    public async Task Line_of_exactly_the_limit_is_answered()
    {
        await using var served = await Served.StartAsync();
        var text = new string('x', StdioTransport.MaxLineBytes - Echo("2", "").Length);
        served.Connection.Send(Echo("2", text));
        served.Connection.Send(Echo("3", text + "x"));

        var answers = new[] { await served.Connection.ReadAsync(), await served.Connection.ReadAsync() }.OrderBy(static a => a.GetProperty("id").GetInt32()).ToArray();
        EchoedIn(answers[0], "2").Length.ShouldBe(text.Length);
        answers[1].GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
    }

    [Fact]
    public async Task Second_request_with_an_id_in_flight_is_refused_and_the_first_is_answered()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send(Call("2", "hold"));
        served.Connection.Send(Echo("2", "second"));

        (await served.Connection.ReadAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
        served.Release();
        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("held");
        served.Connection.Send(Echo("2", "third"));
        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("third");
    }

    [Fact]
    public async Task Cancellation_before_the_request_is_harmless_and_one_after_frees_the_id()
    {
        await using var served = await Served.StartAsync();
        const string cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2,"reason":"changed my mind"}}""";
        served.Connection.Send(cancel);
        served.Connection.Send(Echo("2", "first"));
        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("first");

        served.Connection.Send(Call("2", "hold"));
        await served.Held;
        served.Connection.Send(cancel);
        await served.Cancelled;
        served.Connection.Send(Echo("2", "second"));
        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("second");
    }

    [Fact]
    public async Task Answer_to_a_request_that_was_never_made_is_harmless()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send("""{"jsonrpc":"2.0","id":77,"result":{}}""");
        served.Connection.Send("""{"jsonrpc":"2.0","id":78,"error":{"code":1,"message":"no"}}""");
        served.Connection.Send("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"your line was not JSON"}}""");
        served.Connection.Send(Echo("2", "hello"));

        EchoedIn(await served.Connection.ReadAsync(), "2").ShouldBe("hello");
    }

    [Fact]
    public async Task Many_requests_at_once_are_each_answered_on_a_line_of_their_own()
    {
        await using var served = await Served.StartAsync();
        for (var i = 2; i < 502; i++)
        {
            served.Connection.Send(Echo($"{i}", $"text {i}\nand more"));
        }

        var answered = new HashSet<int>();
        for (var i = 2; i < 502; i++)
        {
            var answer = await served.Connection.ReadAsync();
            var id = answer.GetProperty("id").GetInt32();
            EchoedIn(answer, $"{id}").ShouldBe($"text {id}\nand more");
            answered.Add(id).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task End_of_input_lets_requests_in_flight_be_answered_before_the_server_ends()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send(Call("2", "hold"));
        for (var i = 3; i < 50; i++)
        {
            served.Connection.Send(Echo($"{i}", "x"));
        }

        served.Connection.End();
        await served.Connection.Time.SomebodyWaits;
        served.Running.IsCompleted.ShouldBeFalse();
        served.Release();

        await served.Running.WaitAsync(StdioConnection.Patience);
        (await served.Connection.ReadToEndAsync()).Select(static l => JsonElement.Parse(l).GetProperty("id").GetInt32()).Order()
            .ShouldBe(Enumerable.Range(2, 48));
    }

    [Fact]
    public async Task End_of_input_ends_the_server_although_a_request_never_ends()
    {
        await using var served = await Served.StartAsync();
        served.Connection.Send(Call("2", "never"));
        served.Connection.End();
        await served.Connection.Time.SomebodyWaits;
        served.Running.IsCompleted.ShouldBeFalse();

        served.Connection.Time.Advance(StdioTransport.DrainTime);

        await served.Running.WaitAsync(StdioConnection.Patience);
        (await served.Connection.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void Random_lines_between_good_requests_never_keep_those_from_being_answered() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], LineMessageTests.Damaged).Array[1, 20].Sample(
            static lines =>
            {
                AnswersAllAsync(lines).GetAwaiter().GetResult();
            },
            iter: 100);

    private static async Task AnswersAllAsync(byte[][] lines)
    {
        await using var served = await Served.StartAsync();
        for (var i = 0; i < lines.Length; i++)
        {
            served.Connection.Send(lines[i]);
            served.Connection.Send(Echo($"\"good {i}\"", $"text {i}"));
        }

        var expected = Enumerable.Range(0, lines.Length).ToDictionary(static i => $"\"good {i}\"", static i => $"text {i}");
        while (expected.Count > 0)
        {
            var answer = await served.Connection.ReadAsync();
            var id = answer.TryGetProperty("id", out var given) ? given.GetRawText() : "";
            if (expected.Remove(id, out var text))
            {
                EchoedIn(answer, id).ShouldBe(text);
            }
        }
    }

    private static string Echo(string id, string text) => Call(id, "echo", $$"""{"text":"{{JsonEncodedText.Encode(text)}}"}""");

    private static string Call(string id, string tool, string arguments = "{}") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";

    private static string EchoedIn(JsonElement answer, string id)
    {
        answer.GetProperty("id").GetRawText().ShouldBe(id);
        return ServerProcess.Text(answer.GetProperty("result"));
    }

    /// <summary>A server with a tool that echoes, one that is held until released, and one that only ends when it is cancelled.</summary>
    private sealed class Served : IAsyncDisposable
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly McpServer _server;

        private Served()
        {
            _server = McpServer.Create(Connection.Transport, new McpServerOptions
            {
                ServerInfo = new Implementation { Name = "test", Version = "1" },
                Capabilities = new ServerCapabilities { Tools = new() },
                Handlers = new McpServerHandlers { CallToolHandler = CallAsync },
            });
            Running = _server.RunAsync(Connection.Transport.Abandoned);
        }

        public StdioConnection Connection { get; } = new();

        public Task Running { get; }

        /// <summary>Completes when a call is held; one that is cancelled before may never begin.</summary>
        public Task Held => _held.Task.WaitAsync(StdioConnection.Patience);

        public Task Cancelled => _cancelled.Task.WaitAsync(StdioConnection.Patience);

        public static async Task<Served> StartAsync()
        {
            var served = new Served();
            served.Connection.Send("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
            (await served.Connection.ReadAsync()).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
            served.Connection.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            return served;
        }

        public void Release() => _released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            Release();
            await _server.DisposeAsync();
            Connection.Dispose();
        }

        private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
        {
            var text = "held";
            switch (context.Params.Name)
            {
                case "echo":
                    text = context.Params.Arguments!["text"].GetString()!;
                    break;
                case "hold":
                    _held.TrySetResult();
                    try
                    {
                        await _released.Task.WaitAsync(cancellationToken);
                    }
                    catch (OperationCanceledException)
                    {
                        _cancelled.TrySetResult();
                        throw;
                    }

                    break;
                case "never":
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                    break;
                default:
                    throw new McpProtocolException("unknown tool", McpErrorCode.InvalidParams);
            }

            return new CallToolResult { Content = [new TextContentBlock { Text = text }] };
        }
    }
}
