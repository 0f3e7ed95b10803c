using System.Text.Json;

namespace Memory.Server.Tests.Language;

/// <summary>The language model as the real executable asks it.</summary>
public sealed class LanguageModelProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_near_tie_is_decided_by_the_configured_model_and_the_answer_and_the_digest_say_so()
    {
        await using var model = new LoopbackServer(static r => LoopbackServer.Reply.Text(
            200, $$$"""{"choices":[{"message":{"content":"{\"right\":\"{{{(Asked(r).IndexOf("30 seconds", StringComparison.Ordinal) < Asked(r).IndexOf("40 seconds", StringComparison.Ordinal) ? "first" : "second")}}}\"}"}}]}"""));
        await using var server = ServerProcess.Start(
            ["serve", "--db", _folder.File("memory.db"), "--schedule", "off", "--language-model", $"openai:{model.Address}v1#tiny"],
            new Dictionary<string, string> { ["MEMORY_LANGUAGE_MODEL_KEY"] = "secret-key" });
        await server.GreetAsync();
        await server.CallAsync("store", """{"content":"The timeout of the Harbor gateway is 30 seconds.","source":"a"}""");
        await server.CallAsync("store", """{"content":"The timeout of the Harbor gateway is 40 seconds.","source":"b"}""");

        var text = ServerProcess.Text(await server.CallAsync("consolidate", """{"scope":"full"}"""));

        text.ShouldContain("1 superseded, 0 contested");
        text.ShouldContain("Language model: 2 calls, 1 answers used");
        (await server.RecallAsync("Harbor gateway timeout")).ShouldBe(["The timeout of the Harbor gateway is 30 seconds."]);
        model.Requests.ShouldAllBe(static r => r.Path == "/v1/chat/completions" && r.Headers["Authorization"] == "Bearer secret-key");
        var digest = await server.RequestAsync("resources/read", """{"uri":"memory://default/digest"}""");
        digest.GetRawText().ShouldContain("Language model: 2 calls");
        server.Stderr.ShouldNotContain("secret-key");
    }

    private static string Asked(LoopbackServer.Request request) =>
        JsonElement.Parse(request.Body).GetProperty("messages")[1].GetProperty("content").GetString()!;
}
