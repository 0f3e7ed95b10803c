using System.Text.Json;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Language.Remote;
using Memory.Core.Memories;
using Microsoft.Extensions.AI;
using static Memory.Core.Tests.Consolidation.Language.FakeModel;
using static Memory.Tests.LoopbackServer;

namespace Memory.Core.Tests.Consolidation.Language.Remote;

/// <summary>What is sent, and what becomes of each kind of answer.</summary>
public sealed class OpenAiChatClientTests
{
    private static readonly ChatOptions Form = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "thing") };

    [Fact]
    public async Task GetResponseAsync_posts_messages_with_the_form_and_reads_the_text()
    {
        await using var server = new LoopbackServer(static _ => Completion("yes"));
        using var client = Client(server);

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Ready?")], Form);

        response.Text.ShouldBe("yes");
        var request = server.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("POST", "/v1/chat/completions"));
        request.Headers["Authorization"].ShouldBe("Bearer secret-key");
        request.Body.ShouldBe(
            """{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Ready?"}],"stream":false,"response_format":{"type":"json_schema","json_schema":{"name":"thing","schema":{"type":"object"},"strict":true}}}""");
    }

    [Fact]
    public async Task Ollama_is_told_by_its_path_and_its_answer_read()
    {
        await using var server = new LoopbackServer(static _ => Reply.Text(200, """{"model":"m","message":{"role":"assistant","content":"yes"},"done":true}"""));
        using var client = Client(server, change: o => o with { Endpoint = new Uri(server.Address, "api/chat") });

        (await client.GetResponseAsync("Ready?", Form)).Text.ShouldBe("yes");
        server.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"model":"m","messages":[{"role":"user","content":"Ready?"}],"stream":false,"format":{"type":"object"}}""");
    }

    [Theory]
    [InlineData("", "/v1/chat/completions")]
    [InlineData("v1/", "/v1/chat/completions")]
    [InlineData("api/v3", "/api/v3/chat/completions")]
    [InlineData("v1/chat/completions?version=2", "/v1/chat/completions?version=2")]
    public async Task The_path_is_completed_when_it_is_not_one_of_chats(string given, string asked)
    {
        await using var server = new LoopbackServer(static _ => Completion("yes"));
        using var client = Client(server, change: o => o with { Endpoint = new Uri(server.Address, given) });

        await client.GetResponseAsync("Ready?");

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe(asked);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_yields_the_same()
    {
        await using var server = new LoopbackServer(static _ => Completion("yes"));
        using var client = Client(server);

        (await client.GetStreamingResponseAsync("Ready?").ToChatResponseAsync()).Text.ShouldBe("yes");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[null]}""")]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"I cannot."}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":["yes"]}}]}""")]
    public async Task An_answer_without_a_text_is_a_problem_and_not_asked_again(string answer)
    {
        await using var server = new LoopbackServer(_ => Reply.Text(200, answer));
        using var client = Client(server);

        var error = await Should.ThrowAsync<LanguageModelException>(() => client.GetResponseAsync("Ready?"));

        error.Problem.Code.ShouldBe(ProblemCode.ModelUnavailable);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_that_passes_is_repeated_and_one_that_stays_is_told_without_text_or_key()
    {
        var left = 1;
        await using var flaky = new LoopbackServer(_ => left-- > 0 ? Reply.Text(503, "") : Completion("yes"));
        await using var broken = new LoopbackServer(static r => Reply.Text(400, r.Body + r.Headers["Authorization"]));
        using var first = Client(flaky);
        using var second = Client(broken);

        (await first.GetResponseAsync("Ready?")).Text.ShouldBe("yes");
        var error = await Should.ThrowAsync<LanguageModelException>(() => second.GetResponseAsync("Ready?"));

        error.Message.ShouldContain("400");
        error.ToString().ShouldNotContain("Ready");
        error.ToString().ShouldNotContain("secret-key");
        broken.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ftp://localhost/v1", "m", "key")]
    [InlineData("http://user:password@localhost/v1", "m", "key")]
    [InlineData("http://localhost/v1", " ", "key")]
    [InlineData("http://localhost/v1", "m", "bad\nkey")]
    public void Wrong_options_are_refused(string endpoint, string model, string key)
    {
        var made = OpenAiChatClient.Create(
            new ChatEndpointOptions { Endpoint = new Uri(endpoint), Model = model, ApiKeyVariable = "KEY" }, _ => key, TimeProvider.System, static () => 0.5);

        made.Problem.ShouldNotBeNull().Code.ShouldBe(ProblemCode.Invalid);
        made.Problem.Message.ShouldNotContain("password@");
        made.Problem.Message.ShouldNotContain("bad\nkey");
    }
}
