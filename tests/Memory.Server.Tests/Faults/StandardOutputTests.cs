using System.Text;
using System.Text.Json;

namespace Memory.Server.Tests.Faults;

public sealed class StandardOutputTests
{
    /// <summary>How many lines of the conversation are answered.</summary>
    private const int Answers = 13;

    public static TheoryData<string> Levels => [.. "Trace Debug Information Warning Error Critical None".Split(' ')];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Every_line_is_a_protocol_message_whatever_is_logged(string level)
    {
        using var folder = new TemporaryFolder();
        await using var server = Start(folder.File("memory.db"), level);
        await server.GreetAsync();
        await TalkAsync(server);

        var lines = new List<JsonElement>();
        for (var answers = 0; answers < Answers; answers += lines[^1].TryGetProperty("id", out _) ? 1 : 0)
        {
            lines.Add((await server.ReadAsync())!.Value);
        }

        lines.ShouldAllBe(static line => IsMessage(line));
        lines.Count(static line => line.TryGetProperty("method", out _)).ShouldBeGreaterThan(0, "no progress was notified");
        lines.Count(static line => line.TryGetProperty("error", out _)).ShouldBeGreaterThan(4, "too little went wrong");
        await LeaveQuietlyAsync(server);
        (server.Stderr.Length > 0).ShouldBe(level is "Trace" or "Debug" or "Information", "the level is not the one meant");
    }

    [Theory]
    [InlineData("Trace")]
    [InlineData("Error")]
    [InlineData("Critical")]
    public async Task Every_line_is_a_protocol_message_when_the_store_cannot_be_used(string level)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("memory.db"), new string('x', 5_000));
        await using var server = Start(folder.File("memory.db"), level);
        await server.GreetAsync();
        foreach (var tool in new[] { "status", "recall", "consolidate" })
        {
            var answer = await server.RequestAsync("tools/call", $$"""{"name":"{{tool}}"}""", static other => throw new InvalidOperationException($"Nobody asked for {other}"));
            IsMessage(answer).ShouldBeTrue(answer.ToString());
        }

        await LeaveQuietlyAsync(server);
        (server.Stderr.Length > 0).ShouldBe(level is not ("Critical" or "None"), "the level is not the one meant");
    }

    [Theory]
    [InlineData("--log-level", "loud")]
    [InlineData("--db", "")]
    [InlineData("--no-such-option", "1")]
    public async Task Wrong_settings_leave_it_empty(string option, string value)
    {
        await using var server = ServerProcess.Start(["serve", option, value]);
        (await server.ReadAsync()).ShouldBeNull();
        (await server.WaitAsync()).ShouldNotBe(0);
        server.Stderr.ShouldContain(option);
    }

    // The schedule is on and catches up at once: Quartz and the nightly job log too.
    private static ServerProcess Start(string database, string level) => ServerProcess.Start(
        ["serve", "--db", database, "--log-level", level, "--schedule", "0 0 3 * * ?", "--catch-up-delay", "0"]);

    /// <summary>A conversation in which much goes well and much goes wrong.</summary>
    private static async Task TalkAsync(ServerProcess server)
    {
        await server.PostAsync("store", """{"memories":[{"content":"The door is green.\nAnd \u2028 heavy."},{"content":"Door is green.\r\nAnd \u2028 heavy!"}]}""");
        await server.PostAsync("recall", """{"query":"door","explain":true}""");
        await server.PostAsync("store", """{"content":7}""");
        await server.PostAsync("no_such_tool", "{}");
        await server.PostAsync("update", """{"id":"000000000000","content":"x"}""");
        await server.SendLineAsync("not json");
        await server.SendLineAsync("");
        await server.SendLineAsync("[1,2]");
        await server.SendLineAsync("""{"jsonrpc":"1.0","id":"a","method":"tools/list"}""");
        await server.SendLineAsync("""{"jsonrpc":"2.0","id":"b","method":"no/such/method"}""");
        await server.SendLineAsync("""{"jsonrpc":"2.0","id":"c","method":"resources/read","params":{"uri":"memory://default/nothing"}}""");
        await server.SendLineAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":12345}}""");
        await server.SendBytesAsync(Encoding.Latin1.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"\u00e9\"}\n"));
        await server.SendLineAsync("""{"jsonrpc":"2.0","id":"e","method":"tools/call","params":{"name":"consolidate","arguments":{"dry_run":true},"_meta":{"progressToken":"p"}}}""");
        await server.PostAsync("status", "{}");
    }

    private static async Task LeaveQuietlyAsync(ServerProcess server)
    {
        var leaving = server.LeaveAsync();
        (await server.ReadAsync()).ShouldBeNull("something is written after the last answer");
        (await leaving).ExitCode.ShouldBe(0);
    }

    private static bool IsMessage(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object
        && line.GetProperty("jsonrpc").GetString() == "2.0"
        && (line.TryGetProperty("method", out _) || (line.TryGetProperty("id", out _) && (line.TryGetProperty("result", out _) ^ line.TryGetProperty("error", out _))));
}
