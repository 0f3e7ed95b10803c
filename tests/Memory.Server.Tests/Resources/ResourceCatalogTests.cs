using System.Text.Json;
using Memory.Server.Tests.Tools;

namespace Memory.Server.Tests.Resources;

public sealed class ResourceCatalogTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Templates_name_the_memory_and_the_snapshot()
    {
        var templates = (await ResultAsync("resources/templates/list")).GetProperty("resourceTemplates").EnumerateArray().ToArray();

        templates.Select(static t => t.GetProperty("uriTemplate").GetString()).ShouldBe(["memory://{namespace}/{id}", "memory://{namespace}/snapshot", "memory://{namespace}/digest"]);
        templates.ShouldAllBe(static t => t.GetProperty("mimeType").GetString() == "text/markdown" && t.GetProperty("description").GetString()!.Length > 20);
    }

    [Fact]
    public async Task List_names_the_snapshot_of_the_configured_namespace_and_of_each_that_holds_memories()
    {
        await server.StoreAsync(_ns, "Here.");

        var uris = (await ResultAsync("resources/list")).GetProperty("resources").EnumerateArray().Select(static r => r.GetProperty("uri").GetString()!).ToArray();

        uris[0].ShouldBe("memory://default/snapshot");
        uris.ShouldContain($"memory://{_ns}/snapshot");
        uris.ShouldBeUnique();
        uris.ShouldContain($"memory://{_ns}/digest");
        foreach (var uri in uris)
        {
            (await ReadAsync(uri)).ShouldStartWith(uri.EndsWith("digest", StringComparison.Ordinal) ? "# Last night in `" : "# Memory of `");
        }
    }

    [Fact]
    public async Task Read_of_a_memory_shows_statement_evidence_arithmetic_and_lineage()
    {
        var old = await server.StoreAsync(_ns, "The tower\nhas 3 bells.");
        var (_, updated) = await server.CallAsync("update", _ns,
            $$"""{"id":"{{old}}","content":"The tower\nhas 4 bells.","source":"user","session":"may","tags":["tower"],"occurred_at":"2026-05-01"}""");
        var id = updated.GetProperty("id").GetString()!;
        await server.CallAsync("feedback", _ns, $$"""{"id":"{{id}}","verdict":"confirm","note":"I counted\nthem","source":"ana"}""");

        var markdown = await ReadAsync($"memory://{_ns}/{id}");

        markdown.ShouldStartWith($"# Memory `{id}`\n\n> The tower\n> has 4 bells.\n");
        markdown.ShouldContain("- fact, active, from user in may\n");
        markdown.ShouldContain(", occurred 2026-05-01T00:00:00Z\n");
        markdown.ShouldContain("- importance 0.5, recalled 0 times\n");
        markdown.ShouldContain("- tags: `tower`\n");
        markdown.ShouldContain("- 0.00 prior\n");
        markdown.ShouldContain("- +2.30 asserted by user in may, ");
        markdown.ShouldContain("- +2.50 confirmed by ana, ");
        markdown.ShouldContain(": I counted them\n");
        markdown.ShouldContain("Log-odds 4.80");
        markdown.ShouldContain("## Confidence 0.99");
        markdown.ShouldContain($"- holds `{old}` (superseded): The tower has 3 bells.\n");
        (await ReadAsync($"memory://{_ns}/{old}")).ShouldContain($"- superseded by `{id}`, ");
        (await ReadAsync($"memory://{_ns}/{old}")).ShouldContain(", valid until 2026-05-01T00:00:00Z\n");
    }

    [Fact]
    public async Task Read_of_a_hedged_memory_shows_that_its_source_was_not_sure()
    {
        var id = await server.StoreAsync(_ns, "I think the tower has 5 bells.", ""","source":"user" """);

        (await ReadAsync($"memory://{_ns}/{id}")).ShouldContain("- +1.15 asserted, hedged, by user, ");
    }

    [Fact]
    public async Task Read_of_a_forgotten_memory_shows_no_content()
    {
        var id = await server.StoreAsync(_ns, "The code is 1234.");
        await server.CallAsync("forget", _ns, $$"""{"id":"{{id}}"}""");

        var markdown = await ReadAsync($"memory://{_ns}/{id}");

        markdown.ShouldContain("forgotten");
        markdown.ShouldNotContain("1234");
    }

    [Fact]
    public async Task Read_of_the_snapshot_shows_counts_memories_by_kind_tags_and_the_last_run()
    {
        (await ReadAsync($"memory://{_ns}/snapshot")).ShouldBe($"# Memory of `{_ns}`\n\nNo memories yet. Never consolidated.\n");
        var fact = await server.StoreAsync(_ns, "The mast\nis tall", ""","tags":["ship"]""");
        await server.StoreAsync(_ns, "mast is tall");
        await server.StoreAsync(_ns, "Oil the winch.", ""","kind":"procedure" """);
        var run = (await server.CallAsync("consolidate", _ns)).Data.GetProperty("run").GetString();

        var markdown = await ReadAsync($"memory://{_ns}/snapshot");

        markdown.ShouldContain($"2 active, 1 merged. Last consolidation: {run}, completed, 1 merged, 0 superseded, 0 contested, 0 rescored, 0 archived.\n");
        markdown.ShouldContain($"\n## fact (1)\n\n- The mast is tall (`{fact}`, confidence 0.85)\n");
        markdown.ShouldContain("\n## procedure (1)\n\n- Oil the winch. (");
        markdown.ShouldContain("\n## Tags\n\n`ship`\n");
    }

    [Fact]
    public async Task Read_of_the_digest_tells_what_the_last_run_changed_and_how_to_undo_it()
    {
        (await ReadAsync($"memory://{_ns}/digest")).ShouldBe($"# Last night in `{_ns}`\n\nNever consolidated.\n");
        var kept = await server.StoreAsync(_ns, "The mast is tall");
        await server.StoreAsync(_ns, "mast is tall");
        var run = (await server.CallAsync("consolidate", _ns)).Data.GetProperty("run").GetString();

        var markdown = await ReadAsync($"memory://{_ns}/digest");

        markdown.ShouldContain($"Run `{run}`, by request, completed, began ");
        markdown.ShouldContain("2 examined, 1 merged, 0 superseded");
        markdown.ShouldContain($"## Changes\n\n- merged 1 into {kept} 'The mast is tall': because the same statement but for case");
        markdown.ShouldContain("## Time\n\nscan 0.");
        markdown.ShouldContain($"`undo_run` `{run}`");
    }

    [Fact]
    public async Task Read_does_not_count_as_a_recall_and_a_recall_does()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        var (read, recalled) = ("", "");
        await using (var first = await ServerProcess.ServeAsync(database))
        {
            (read, recalled) = (await first.StoreAsync("Look, do not touch."), await first.StoreAsync("The kettle whistles."));
            await first.RequestAsync("resources/read", """{"uri":"memory://default/snapshot"}""");
            await first.RequestAsync("resources/read", $$"""{"uri":"memory://default/{{read}}"}""");
            (await first.RecallAsync("kettle")).ShouldHaveSingleItem();

            // Uses are noted behind the answers: all of them when the process ends.
            await first.LeaveAsync();
        }

        await using var next = await ServerProcess.ServeAsync(database);
        (await next.RequestAsync("resources/read", $$"""{"uri":"memory://default/{{read}}"}""")).ToString().ShouldContain("recalled 0 times");
        (await next.RequestAsync("resources/read", $$"""{"uri":"memory://default/{{recalled}}"}""")).ToString().ShouldContain("recalled 1 times");
    }

    private async Task<JsonElement> ResultAsync(string method, string parameters = "{}") => (await server.Server.RequestAsync(method, parameters)).GetProperty("result");

    private async Task<string> ReadAsync(string uri)
    {
        var contents = (await ResultAsync("resources/read", $$"""{"uri":"{{uri}}"}""")).GetProperty("contents").EnumerateArray().ShouldHaveSingleItem();
        contents.GetProperty("uri").GetString().ShouldBe(uri);
        contents.GetProperty("mimeType").GetString().ShouldBe("text/markdown");
        return contents.GetProperty("text").GetString()!;
    }
}
