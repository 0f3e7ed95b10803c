using System.Text.Json;

namespace Memory.Server.Tests.Http;

/// <summary>What MCP offers over HTTP is what it offers over stdio, and is there.</summary>
[Collection(typeof(HttpCollection))]
public sealed class McpCapabilityTests(HttpFixture server)
{
    // Each capability, and a request for each method that comes with it.
    private static readonly Dictionary<string, (string Method, string Parameters)[]> Offered = new()
    {
        ["tools"] = [("tools/list", "{}"), ("tools/call", """{"name":"status","arguments":{}}""")],
        ["resources"] = [("resources/list", "{}"), ("resources/templates/list", "{}"), ("resources/read", """{"uri":"memory://a/snapshot"}""")],
        ["prompts"] = [("prompts/list", "{}"), ("prompts/get", """{"name":"recall_context","arguments":{"topic":"harbor"}}""")],
        ["completions"] = [("completion/complete", """{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"topic","value":""}}""")],
    };

    [Fact]
    public async Task Capabilities_of_the_handshake_are_those_of_stdio_and_their_methods_answer()
    {
        using var folder = new TemporaryFolder();
        await using var stdio = ServerProcess.Start(["serve", "--db", folder.File("memory.db"), "--schedule", "off"]);
        using var client = server.Client("everything");

        var overStdio = (await stdio.GreetAsync()).GetProperty("result").GetProperty("capabilities");
        var overHttp = (await client.McpAsync("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""")).GetProperty("result").GetProperty("capabilities");

        JsonElement.DeepEquals(overHttp, overStdio).ShouldBeTrue(overHttp.GetRawText());
        overHttp.EnumerateObject().Select(static c => c.Name).ShouldBe(Offered.Keys, ignoreOrder: true);
        foreach (var (method, of) in Offered.Values.SelectMany(static requests => requests))
        {
            (await client.McpAsync(method, of)).TryGetProperty("result", out _).ShouldBeTrue(method);
        }
    }
}
