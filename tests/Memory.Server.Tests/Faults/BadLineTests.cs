using System.Text;
using Memory.Server.Tests.Stdio;
using Memory.Server.Tests.Tools;

namespace Memory.Server.Tests.Faults;

/// <summary>The real executable: whatever comes in on stdin, each good request after it is answered, and nothing is said on stderr but what went wrong.</summary>
public sealed class BadLineTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bad_lines_one_after_another_are_refused_each_and_a_store_after_each_is_kept()
    {
        await using var own = await ServerProcess.ServeAsync(_folder.File("memory.db"));
        var stored = 0;
        foreach (var (line, code, id, part) in BadLines.All.Select(static row => row.Data))
        {
            await own.SendBytesAsync(BadLines.Bytes(line + "\n"));

            var refusal = (await own.ReadAsync()).ShouldNotBeNull();
            refusal.GetProperty("id").GetRawText().ShouldBe(id, line);
            refusal.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code, line);
            refusal.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(part);
            (await own.StoreAsync($"Valve {++stored} is open.")).ShouldNotBeNullOrEmpty();
        }

        (await own.CallAsync("status")).GetProperty("structuredContent").GetProperty("states").GetProperty("active").GetInt32().ShouldBe(stored);
        (await own.LeaveAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Line_of_ten_megabytes_is_refused_with_the_limit_and_the_next_store_works()
    {
        await using var own = await ServerProcess.ServeAsync(_folder.File("memory.db"));
        await own.SendBytesAsync(Encoding.UTF8.GetBytes(
            "{\"jsonrpc\":\"2.0\",\"id\":\"long\",\"method\":\"tools/call\",\"params\":{\"name\":\"store\",\"arguments\":{\"content\":\"" + new string('x', 10_000_000) + "\"}}}\n"));

        var refusal = (await own.ReadAsync()).ShouldNotBeNull();

        refusal.GetProperty("id").GetString().ShouldBe("long");
        refusal.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("4194304 bytes");
        (await own.StoreAsync("Harbor is up")).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Two_requests_with_one_id_have_one_answer_each_and_the_next_store_works()
    {
        await using var own = await ServerProcess.ServeAsync(_folder.File("memory.db"));
        const string consolidate = """{"jsonrpc":"2.0","id":"twice","method":"tools/call","params":{"name":"consolidate","arguments":{}}}""" + "\n";
        await own.SendBytesAsync(Encoding.UTF8.GetBytes(consolidate + consolidate));

        var answers = new[] { (await own.ReadAsync()).ShouldNotBeNull(), (await own.ReadAsync()).ShouldNotBeNull() };

        answers.ShouldAllBe(static a => a.GetProperty("id").GetString() == "twice");
        answers.Count(static a => a.TryGetProperty("result", out _)).ShouldBeGreaterThanOrEqualTo(1);
        answers.Where(static a => a.TryGetProperty("error", out _)).ShouldAllBe(static a => a.GetProperty("error").GetProperty("message").GetString()!.Contains("id"));
        (await own.StoreAsync("Harbor is up")).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("nope/nope", "{}")]
    [InlineData("logging/setLevel", """{"level":"debug"}""")]
    [InlineData("resources/subscribe", """{"uri":"memory://default/snapshot"}""")]
    [InlineData("resources/unsubscribe", """{"uri":"memory://default/snapshot"}""")]
    public async Task A_method_that_is_not_offered_is_refused_with_those_that_are(string method, string parameters)
    {
        var error = (await server.Server.RequestAsync(method, parameters)).GetProperty("error");

        error.GetProperty("code").GetInt32().ShouldBe(-32601);
        error.GetProperty("message").GetString().ShouldNotBeNull().ShouldBe(
            $"Method '{method}' is not offered; offered are initialize, ping, tools/list, tools/call, resources/list, resources/templates/list, resources/read, prompts/list, prompts/get, completion/complete.");
        (await server.Server.RequestAsync("ping")).TryGetProperty("result", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("tools/call", """{"arguments":{}}""", "name (a string) is needed")]
    [InlineData("resources/read", "{}", "uri (a string) is needed")]
    [InlineData("prompts/get", """{"name":7}""", "see $.name. name (a string) is needed")]
    [InlineData("completion/complete", "{}", "ref (an object with its type) and argument")]
    public async Task Params_that_lack_something_are_told_what(string method, string parameters, string needed)
    {
        var error = (await server.Server.RequestAsync(method, parameters)).GetProperty("error");

        error.GetProperty("code").GetInt32().ShouldBe(-32602);
        error.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(needed);
    }

    [Fact]
    public async Task Query_of_search_syntax_or_a_pictograph_alone_is_ordinary_text()
    {
        await using var own = await ServerProcess.ServeAsync(_folder.File("memory.db"));
        await own.StoreAsync("Salt and pepper stand on the shelf.");
        await own.StoreAsync("Logs match *.log");
        await own.StoreAsync("The party 🎉 was loud");
        await own.StoreAsync("Mara reviews pull requests");

        (await own.RecallAsync("AND")).ShouldBe(["Salt and pepper stand on the shelf."]);
        (await own.RecallAsync("*")).ShouldBe(["Logs match *.log"]);
        (await own.RecallAsync("🎉")).ShouldBe(["The party 🎉 was loud"]);
        foreach (var query in new[] { "OR", "NOT", "NEAR(", "\"", "\"\"", "(", "^", "📦", "\u202E" })
        {
            var found = await own.CallAsync("recall", $$"""{"query":{{ServerProcess.Quote(query)}}}""");
            ServerProcess.Text(found).ShouldStartWith("Nothing is remembered that fits.\n(No memory ", Case.Sensitive, query);
        }

        (await own.RecallAsync("")).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    public async Task A_cursor_that_nobody_gave_is_refused_and_the_list_without_it_is_whole(string method)
    {
        var error = (await server.Server.RequestAsync(method, """{"cursor":"zzz"}""")).GetProperty("error");

        error.GetProperty("code").GetInt32().ShouldBe(-32602);
        error.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("Leave cursor out");
        (await server.Server.RequestAsync(method, """{"cursor":null}""")).GetProperty("result").TryGetProperty("nextCursor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_what_has_not_begun_is_passed_over_and_the_next_store_works()
    {
        await using var own = await ServerProcess.ServeAsync(_folder.File("memory.db"));
        await own.SendLineAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"later","reason":"changed my mind"}}""");

        (await own.StoreAsync("Harbor is up")).ShouldNotBeNullOrEmpty();
        (await own.RecallAsync("harbor")).ShouldHaveSingleItem();
    }
}
