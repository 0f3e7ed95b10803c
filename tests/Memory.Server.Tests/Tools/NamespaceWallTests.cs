using System.Text.Json;

namespace Memory.Server.Tests.Tools;

/// <summary>What was stored in one namespace is out of reach from another, through whatever door.</summary>
public sealed class NamespaceWallTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ours = server.NewNamespace();
    private readonly string _theirs = server.NewNamespace();

    [Fact]
    public async Task Recall_and_status_see_only_their_own_side()
    {
        await server.StoreAsync(_theirs, "The vault code is 4711.", ""","tags":["secret"]""");
        await server.StoreAsync(_ours, "The vault is green.");

        (await server.ContentsAsync(_ours, """{"query":"vault code 4711"}""")).ShouldBe(["The vault is green."]);
        (await server.ContentsAsync(_ours)).ShouldBe(["The vault is green."]);
        (await server.ContentsAsync(_ours, """{"tags":["secret"]}""")).ShouldBeEmpty();
        (await server.CallAsync("status", _ours)).Data.GetProperty("states").GetRawText().ShouldBe("""{"active":1}""");
    }

    [Fact]
    public async Task Store_of_the_same_text_neither_corroborates_nor_resembles_across_the_wall()
    {
        var theirs = await server.StoreAsync(_theirs, "Harbor keeps ten nightly backups on the second server.");

        var (_, same) = await server.CallAsync("store", _ours, """{"content":"Harbor keeps ten nightly backups on the second server."}""");
        var (_, alike) = await server.CallAsync("store", server.NewNamespace(), """{"content":"Harbor keeps two nightly backups on the second server."}""");

        same.GetProperty("memories")[0].GetProperty("status").GetString().ShouldBe("new");
        same.GetProperty("memories")[0].GetProperty("id").GetString().ShouldNotBe(theirs);
        alike.GetProperty("memories")[0].TryGetProperty("resembles", out _).ShouldBeFalse();
        (await server.RecallAsync(_theirs, """{"explain":true}""")).Single().GetProperty("explain").GetProperty("evidence").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Graph_neither_knows_nor_suggests_nor_passes_through_what_the_other_side_mentions()
    {
        await server.StoreAsync(_theirs, "Yesterday Ana met Bob Secret.");
        await server.StoreAsync(_theirs, "Then Carol met Ana.");
        await server.StoreAsync(_ours, "Yesterday Dave met Carol.");

        (await server.CallAsync("graph", _ours, """{"entity":"Dave","depth":3}""")).Data.GetProperty("entities").EnumerateArray()
            .Select(static e => e.GetProperty("name").GetString()).ShouldBe(["Carol"]);
        (await server.CallAsync("graph", _ours)).Text.ShouldBe("The most connected:\n- Dave (name), strength 1\n- Carol (name), strength 1");
        (await server.RefusedAsync("graph", _ours, """{"entity":"Bob"}""")).ShouldNotContain("Secret");
        (await server.RefusedAsync("graph", _theirs, """{"entity":"Bob"}""")).ShouldContain("'Bob Secret'");
    }

    [Theory]
    [InlineData("update", """{"id":"ID","content":"Ours now."}""")]
    [InlineData("update", """{"id":"ID","kind":"note"}""")]
    [InlineData("feedback", """{"id":"ID","verdict":"refute"}""")]
    [InlineData("forget", """{"id":"ID"}""")]
    public async Task Call_by_id_finds_nothing_on_the_other_side(string tool, string arguments)
    {
        var id = await server.StoreAsync(_theirs, "Theirs alone.");
        var before = (await server.RecallAsync(_theirs, """{"explain":true,"query":"theirs"}""")).Single().GetRawText();

        (await server.RefusedAsync(tool, _ours, arguments.Replace("ID", id, StringComparison.Ordinal)))
            .ShouldBe($"No memory has the id '{id}' in namespace '{_ours}'. Use an id that store or recall returned.");

        WithoutScores((await server.RecallAsync(_theirs, """{"explain":true,"query":"theirs"}""")).Single()).ShouldBe(WithoutScores(JsonElement.Parse(before)));
    }

    [Fact]
    public async Task Forget_by_query_neither_shows_nor_erases_the_other_side()
    {
        await server.StoreAsync(_theirs, "The vault code is 4711.");
        await server.StoreAsync(_ours, "Our vault code is 1174.");

        var (text, data) = await server.CallAsync("forget", _ours, """{"query":"vault code"}""");
        data.GetProperty("preview").EnumerateArray().ShouldHaveSingleItem();
        text.ShouldNotContain("4711");
        (await server.RefusedAsync("forget", _theirs, """{"query":"vault code","confirm":true}""")).ShouldContain("no fresh preview");
        await server.CallAsync("forget", _ours, """{"query":"vault code","confirm":true}""");

        (await server.ContentsAsync(_ours)).ShouldBeEmpty();
        (await server.ContentsAsync(_theirs)).ShouldBe(["The vault code is 4711."]);
    }

    [Fact]
    public async Task Consolidate_touches_one_side_and_undo_of_the_other_sides_run_is_refused()
    {
        foreach (var ns in new[] { _ours, _theirs })
        {
            await server.StoreAsync(ns, "The mast is tall");
            await server.StoreAsync(ns, "mast is tall");
        }

        var (_, done) = await server.CallAsync("consolidate", _theirs);
        var run = done.GetProperty("run").GetString();

        done.GetProperty("examined").GetInt32().ShouldBe(2);
        (await server.ContentsAsync(_ours)).Length.ShouldBe(2);
        (await server.CallAsync("status", _ours)).Data.TryGetProperty("last_consolidation", out _).ShouldBeFalse();
        (await server.RefusedAsync("consolidate", _ours, $$"""{"undo_run":"{{run}}"}""")).ShouldContain($"No run is named '{run}' in namespace '{_ours}'");
        (await server.ContentsAsync(_theirs)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Resources_prompts_and_completions_stay_on_their_side()
    {
        var id = await server.StoreAsync(_theirs, "The vault code is 4711.", ""","tags":["secretive"]""");

        var wrong = await server.Server.RequestAsync("resources/read", $$"""{"uri":"memory://{{_ours}}/{{id}}"}""");
        wrong.GetProperty("error").GetProperty("message").GetString()!.ShouldContain($"No memory has the id '{id}' in namespace '{_ours}'");
        var snapshot = await server.Server.RequestAsync("resources/read", $$"""{"uri":"memory://{{_ours}}/snapshot"}""");
        snapshot.GetRawText().ShouldNotContain("4711");
        snapshot.GetRawText().ShouldNotContain("secretive");
        var prompt = await server.Server.RequestAsync("prompts/get", $$$"""{"name":"recall_context","arguments":{"topic":"vault","namespace":"{{{_ours}}}"}}""");
        prompt.GetRawText().ShouldNotContain("4711");
        (await TagsAsync(_ours)).ShouldBeEmpty();

        // The same questions find it on its own side, so they would have found it through a hole in the wall.
        (await server.Server.RequestAsync("resources/read", $$"""{"uri":"memory://{{_theirs}}/{{id}}"}""")).GetRawText().ShouldContain("4711");
        (await server.Server.RequestAsync("prompts/get", $$$"""{"name":"recall_context","arguments":{"topic":"vault","namespace":"{{{_theirs}}}"}}""")).GetRawText().ShouldContain("4711");
        (await TagsAsync(_theirs)).ShouldBe(["secretive"]);
    }

    private async Task<string[]> TagsAsync(string ns)
    {
        var completion = await server.Server.RequestAsync("completion/complete",
            $$$$"""{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"tag","value":"sec"},"context":{"arguments":{"namespace":"{{{{ns}}}}"}}}""");
        return [.. completion.GetProperty("result").GetProperty("completion").GetProperty("values").EnumerateArray().Select(static v => v.GetString()!)];
    }

    // A recall is itself a use, which moves activation and with it the score.
    private static string WithoutScores(JsonElement memory) => string.Join('|',
        memory.EnumerateObject().Where(static p => p.Name is not ("score" or "explain")).Select(static p => p.ToString())
            .Append(memory.GetProperty("explain").GetProperty("evidence").GetRawText()));
}
