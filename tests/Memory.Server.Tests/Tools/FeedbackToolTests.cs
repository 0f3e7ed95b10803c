namespace Memory.Server.Tests.Tools;

public sealed class FeedbackToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Feedback_confirms_and_refutes()
    {
        var right = await server.StoreAsync(_ns, "Water is wet.");
        var wrong = await server.StoreAsync(_ns, "The moon is cheese.");

        var (confirmed, up) = await server.CallAsync("feedback", _ns, $$"""{"id":"{{right}}","verdict":"confirm"}""");
        var (refuted, down) = await server.CallAsync("feedback", _ns, $$"""{"id":"{{wrong}}","verdict":"refute"}""");

        up.GetProperty("id").GetString().ShouldBe(right);
        up.GetProperty("confidence").GetDouble().ShouldBe(0.985, 0.005);
        down.GetProperty("confidence").GetDouble().ShouldBe(0.08, 0.02);
        confirmed.ShouldBe($"Confirmed {right}; its confidence is now {up.GetProperty("confidence").GetDouble():0.00}.");
        refuted.ShouldStartWith($"Refuted {wrong}; its confidence is now ");
        (await server.RecallAsync(_ns, """{"query":"moon"}""")).Single().GetProperty("confidence").GetDouble().ShouldBe(down.GetProperty("confidence").GetDouble());
    }

    [Fact]
    public async Task Feedback_keeps_note_source_and_session_as_evidence()
    {
        var id = await server.StoreAsync(_ns, "The bridge is closed.");

        await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"refute","note":"I drove over it","source":"henrik","session":"tuesday"}""");
        await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"confirm"}""");

        var evidence = (await server.RecallAsync(_ns, """{"explain":true}""")).Single().GetProperty("explain").GetProperty("evidence").EnumerateArray().ToArray();
        evidence.Select(static e => e.GetProperty("kind").GetString()).ShouldBe(["asserted", "refuted", "confirmed"]);
        evidence[1].GetProperty("note").GetString().ShouldBe("I drove over it");
        evidence[1].GetProperty("source").GetString().ShouldBe("henrik");
        evidence[1].GetProperty("session").GetString().ShouldBe("tuesday");
        evidence[2].GetProperty("source").GetString().ShouldBe("user");
        evidence[2].TryGetProperty("note", out _).ShouldBeFalse();
        evidence[2].TryGetProperty("session", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Feedback_counts_the_last_verdict_of_a_source()
    {
        var id = await server.StoreAsync(_ns, "The tunnel is open.");
        await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"refute","source":"ana"}""");

        var (_, same) = await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"confirm","source":"ana"}""");
        var (_, another) = await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"refute","source":"ben"}""");

        same.GetProperty("confidence").GetDouble().ShouldBe(0.985, 0.005);
        another.GetProperty("confidence").GetDouble().ShouldBeInRange(0.3, 0.7);
    }

    [Theory]
    [InlineData("note")]
    [InlineData("source")]
    [InlineData("session")]
    public async Task Feedback_on_two_memories_with_what_it_does_not_keep_is_refused_and_nothing_is_noted(string argument)
    {
        var one = await server.StoreAsync(_ns, "The mast is tall.");
        var other = await server.StoreAsync(_ns, "The mast is high.");

        (await server.RefusedAsync("feedback", _ns, $$"""{"id":"{{one}}","other":"{{other}}","verdict":"not_duplicate","{{argument}}":"bob"}"""))
            .ShouldContain("note, source and session go with confirm and refute only");

        (await server.CallAsync("status", _ns)).Data.TryGetProperty("learned", out _).ShouldBeFalse();
        var shown = (await server.ToolsAsync()).Single(static t => t.GetProperty("name").GetString() == "feedback").GetProperty("inputSchema").GetProperty("properties");
        shown.GetProperty("note").GetProperty("description").GetString().ShouldEndWith("Like source and session: confirm and refute only.");
    }

    [Theory]
    [InlineData("""{"verdict":"confirm"}""", "id is missing")]
    [InlineData("""{"id":"0123456789ab"}""", "verdict is missing; one of confirm, refute, duplicate, not_duplicate, not_contradiction is required")]
    [InlineData("""{"id":"0123456789ab","verdict":"maybe"}""", "one of confirm, refute, duplicate, not_duplicate, not_contradiction is allowed")]
    [InlineData("""{"id":"0123456789ab","verdict":"not_duplicate"}""", "name the second as 'other'")]
    [InlineData("""{"id":"0123456789ab","other":"0123456789ac","verdict":"refute"}""", "is about one memory")]
    [InlineData("""{"id":"0123456789ab","other":"0123456789ab","verdict":"duplicate"}""", "two memories are needed")]
    [InlineData("""{"id":"0123456789ab","verdict":"confirm"}""", "No memory has the id '0123456789ab'")]
    public async Task Feedback_without_memory_or_verdict_is_refused(string arguments, string because) =>
        (await server.RefusedAsync("feedback", _ns, arguments)).ShouldContain(because);
}
