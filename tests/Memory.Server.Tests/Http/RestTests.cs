using System.Net;
using System.Text.Json;

namespace Memory.Server.Tests.Http;

/// <summary>REST as a program uses it that has no model.</summary>
[Collection(typeof(HttpCollection))]
public sealed class RestTests : IDisposable
{
    private readonly HttpFixture _server;
    private readonly HttpClient _client;
    private readonly string _ns;

    public RestTests(HttpFixture server)
    {
        _server = server;
        _client = server.Client("everything");
        _ns = server.NewNamespace();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_namespace_named_twice_is_refused_and_nothing_is_stored()
    {
        using var mistyped = await _client.SendJsonAsync(HttpMethod.Post, $"/api/v1/memories?namespacee={_ns}", """{"content":"Where does this go?"}""");
        ((int)mistyped.StatusCode).ShouldBe(400);
        (await mistyped.Content.ReadAsStringAsync()).ShouldContain("The query parameter 'namespacee' is not known here");
        using var twice = await _client.SendJsonAsync(HttpMethod.Post, $"/api/v1/memories?namespace={_ns}&namespace=other", """{"content":"Where does this go?"}""");

        twice.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _client.GetOkAsync(HttpMethod.Post, Path("recall"), """{"query":"Where does this go?"}""")).GetProperty("memories").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_memory_is_stored_found_shown_updated_judged_and_forgotten()
    {
        using var stored = await _client.SendJsonAsync(HttpMethod.Post, Path("memories"), """{"content":"Harbor runs on PostgreSQL 16.","kind":"decision","tags":["db"]}""");
        stored.StatusCode.ShouldBe(HttpStatusCode.Created);
        var location = stored.Headers.Location!.ToString();
        var id = location.Split('/')[^1].Split('?')[0];

        var recalled = await _client.GetOkAsync(HttpMethod.Post, Path("recall"), """{"query":"Which database does Harbor run on?"}""");
        recalled.GetProperty("memories")[0].GetProperty("id").GetString().ShouldBe(id);
        var shown = await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{id}"));
        shown.GetProperty("kind").GetString().ShouldBe("decision");
        shown.GetProperty("evidence").EnumerateArray().Single().TryGetProperty("hedged", out _).ShouldBeFalse();
        (await _client.GetOkAsync(HttpMethod.Post, Path($"memories/{id}/feedback"), """{"verdict":"confirm"}""")).GetProperty("confidence").GetDouble()
            .ShouldBeGreaterThan(shown.GetProperty("confidence").GetDouble());
        var newer = (await _client.GetOkAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"content":"Harbor runs on PostgreSQL 17."}""")).GetProperty("id").GetString();
        (await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{newer}"))).GetProperty("lineage")[0].GetProperty("kind").GetString().ShouldBe("superseded_by");
        (await _client.GetOkAsync(HttpMethod.Delete, Path($"memories/{newer}"))).GetProperty("forgotten").GetArrayLength().ShouldBe(2);

        var shell = await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{newer}"));
        (shell.GetProperty("state").GetString(), shell.GetProperty("content").GetString()).ShouldBe(("forgotten", ""));
        (await _client.GetOkAsync(HttpMethod.Get, Path("memories"))).GetProperty("memories").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("all-ab", "?namespace=b", """{"content":"Stored where the address says."}""")]
    [InlineData("all-ab", "", """{"content":"Stored where the body says.","namespace":"b"}""")]
    [InlineData("all-b", "", """{"content":"Stored where the key says."}""")]
    public async Task Location_of_what_was_stored_finds_it_whatever_named_the_namespace(string key, string query, string body)
    {
        using var client = _server.Client(key);
        using var stored = await client.SendJsonAsync(HttpMethod.Post, "/api/v1/memories" + query, body);

        using var reader = _server.Client("all-ab");
        (await reader.GetOkAsync(HttpMethod.Get, stored.Headers.Location!.ToString())).GetProperty("content").GetString().ShouldStartWith("Stored where");
        stored.Headers.Location.ToString().ShouldEndWith("?namespace=b");
    }

    [Theory]
    [InlineData("memories", "&limit=abc", "limit is 'abc'; a whole number is allowed, once.")]
    [InlineData("memories", "&limit=1&limit=2", "limit is '1,2'; a whole number is allowed, once.")]
    [InlineData("memories", "&limit=99999999999", "limit is '99999999999'; a whole number is allowed, once.")]
    [InlineData("runs", "&limit=1.5", "limit is '1.5'; a whole number is allowed, once.")]
    [InlineData("graph", "&depth=deep", "depth is 'deep'; a whole number is allowed, once.")]
    [InlineData("audit", "&before=yesterday", "before is 'yesterday'; a whole number is allowed, once.")]
    [InlineData("audit", "&since=yesterday", "since is 'yesterday'; ")]
    [InlineData("memories", "&kind=lie", "kind is 'lie'; one of ")]
    [InlineData("memories", "&state=gone", "state is 'gone'; one of ")]
    public async Task What_is_wrong_in_a_query_is_named_with_its_value_and_what_is_allowed(string route, string query, string said)
    {
        var (status, detail) = await _client.RefusedAsync(HttpMethod.Get, Path(route) + query);

        status.ShouldBe(400);
        detail.ShouldStartWith(said);
    }

    [Fact]
    public async Task An_update_with_the_version_that_was_seen_is_done_and_one_with_an_older_is_refused_with_412()
    {
        var id = await StoreAsync("Harbor ships on Mondays.");
        using var seen = await _client.GetAsync(Path($"memories/{id}"));
        var tag = seen.Headers.ETag!.ToString();
        using var same = await _client.SendJsonAsync(HttpMethod.Get, Path($"memories/{id}"), null, ("If-None-Match", tag));

        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var first = await _client.SendJsonAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"importance":0.9}""", ("If-Match", tag));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.RefusedAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"content":"Harbor ships on Fridays."}""", ("If-Match", tag)))
            .ShouldBe((412, $"Memory '{id}' has changed since it was read. Nothing was changed now; read it again."));
        (await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{id}"))).GetProperty("state").GetString().ShouldBe("active");
        using var any = await _client.SendJsonAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"importance":0.1}""", ("If-Match", "*"));
        any.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_memory_that_was_recalled_meanwhile_is_shown_anew_and_may_be_updated_all_the_same()
    {
        var id = await StoreAsync("Harbor ships at high tide.");
        using var seen = await _client.GetAsync(Path($"memories/{id}"));
        var tag = seen.Headers.ETag!.ToString();
        await _client.GetOkAsync(HttpMethod.Post, Path("recall"), """{"query":"When does Harbor ship?"}""");
        while ((await _client.GetOkAsync(HttpMethod.Get, Path($"memories/{id}"))).GetProperty("recalled").GetInt32() == 0)
        {
            // Recalls are noted some seconds later.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        using var again = await _client.SendJsonAsync(HttpMethod.Get, Path($"memories/{id}"), null, ("If-None-Match", tag));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.ETag!.ToString().ShouldNotBe(tag);
        using var same = await _client.SendJsonAsync(HttpMethod.Get, Path($"memories/{id}"), null, ("If-None-Match", $"\"other\", W/{again.Headers.ETag}"));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var updated = await _client.SendJsonAsync(HttpMethod.Patch, Path($"memories/{id}"), """{"importance":0.9}""", ("If-Match", tag));
        updated.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_hold_every_memory_once_although_more_are_stored_meanwhile()
    {
        for (var i = 0; i < 3; i++)
        {
            await _client.GetOkAsync(HttpMethod.Post, Path("memories"), $$"""{"memories":[{{string.Join(',', Enumerable.Range(0, 10).Select(n => $$"""{"content":"Parcel {{(i * 10) + n}} went to pier {{n}}."}"""))}}]}""");
        }

        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = await _client.GetOkAsync(HttpMethod.Get, Path("memories") + "&limit=7" + (next is null ? "" : $"&cursor={next}"));
            ids.AddRange(page.GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
            await StoreAsync($"Another parcel came while page {ids.Count} was read.");
        }
        while (next is not null);

        ids.Count.ShouldBe(30);
        ids.Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public async Task Filters_of_the_list_hold()
    {
        await _client.GetOkAsync(HttpMethod.Post, Path("memories"), """{"memories":[{"content":"A decision was made.","kind":"decision","tags":["x"]},{"content":"The sky is grey.","tags":["y"]}]}""");

        (await ContentsAsync("&kind=decision")).ShouldBe(["A decision was made."]);
        (await ContentsAsync("&tag=y")).ShouldBe(["The sky is grey."]);
        (await ContentsAsync("&since=2100-01-01")).ShouldBeEmpty();
        (await ContentsAsync("&state=archived")).ShouldBeEmpty();
        (await ContentsAsync("")).ShouldBe(["The sky is grey.", "A decision was made."]);
    }

    [Fact]
    public async Task Consolidation_is_a_job_that_tells_its_progress_and_its_run_can_be_undone()
    {
        await StoreAsync("The mast is tall");
        await StoreAsync("mast is tall");
        using var started = await _client.SendJsonAsync(HttpMethod.Post, Path("consolidations"), """{"scope":"full"}""");
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var location = started.Headers.Location!.ToString();

        var events = (await _client.GetStringAsync(location + "/events")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.Length.ShouldBeGreaterThan(1);
        events[..^1].ShouldAllBe(static e => e.StartsWith("event: progress\ndata: {\"progress\":", StringComparison.Ordinal));
        events[^1].ShouldStartWith("event: completed\ndata: {");
        var result = await _client.GetOkAsync(HttpMethod.Get, location + "/result");
        result.GetProperty("merged").GetInt32().ShouldBeGreaterThan(0);
        (await _client.GetOkAsync(HttpMethod.Get, location)).GetProperty("state").GetString().ShouldBe("completed");
        var run = result.GetProperty("run").GetString();

        (await _client.GetOkAsync(HttpMethod.Get, Path("runs"))).GetProperty("runs")[0].GetProperty("run").GetString().ShouldBe(run);
        (await _client.GetOkAsync(HttpMethod.Post, Path($"runs/{run}/undo"))).GetProperty("restored").GetInt32().ShouldBeGreaterThan(0);
        var undone = await _client.GetOkAsync(HttpMethod.Get, Path($"runs/{run}"));
        undone.GetProperty("state").GetString().ShouldBe("undone");
        undone.GetProperty("undone_units").GetInt32().ShouldBeGreaterThan(0);
        (await ContentsAsync("")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_of_a_plan_or_run_that_is_not_there_is_refused_at_once_whoever_has_one_of_that_name()
    {
        await StoreAsync("The mast is tall");
        await StoreAsync("mast is tall");
        var plan = (await _client.ToolAsync("consolidate", $$"""{"namespace":"{{_ns}}","dry_run":true,"scope":"full"}""")).GetProperty("structuredContent").GetProperty("plan").GetString()!;
        var (elsewhere, never) = (_server.NewNamespace(), "20261124-030000-k3m9x7");
        foreach (var (ns, name) in new[] { (_ns, never), (elsewhere, never), (elsewhere, plan) })
        {
            var (status, detail) = await _client.RefusedAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", $$"""{"plan":"{{name}}"}""");
            (status, detail.Replace(name, "NAME", StringComparison.Ordinal).Replace(ns, "NS", StringComparison.Ordinal)).ShouldBe(
                (404, "No plan is named 'NAME' in namespace 'NS'. A dry run makes one; the latest 5 are kept."));
            (await _client.RefusedAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", $$"""{"undo_run":"{{name}}"}""")).ShouldBe(
                (404, $"No run is named '{name}' in namespace '{ns}'."));
        }

        (await _client.RefusedAsync(HttpMethod.Post, Path("consolidations"), $$"""{"plan":"{{plan}}","dry_run":true}""")).Status.ShouldBe(400);
        (await _client.RefusedAsync(HttpMethod.Post, Path("consolidations"), """{"plan":"no-name-of-a-plan-here"}""")).Status.ShouldBe(400);
        var job = (await _client.GetOkAsync(HttpMethod.Post, Path("consolidations"), $$"""{"plan":"{{plan}}"}""")).GetProperty("job").GetString();
        (await _client.GetStringAsync($"/api/v1/consolidations/{job}/events")).ShouldContain("event: completed");
        (await _client.RefusedAsync(HttpMethod.Post, Path("consolidations"), $$"""{"plan":"{{plan}}"}""")).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Pages_of_runs_hold_each_run_once_the_newest_first()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, (await _client.ToolAsync("consolidate", $$"""{"namespace":"{{_ns}}"}""")).GetProperty("structuredContent").GetProperty("run").GetString()!);
        }

        var (seen, pages) = (new List<string>(), 0);
        string? next = null;
        do
        {
            var page = await _client.GetOkAsync(HttpMethod.Get, Path("runs") + "&limit=2" + (next is null ? "" : $"&cursor={next}"));
            seen.AddRange(page.GetProperty("runs").EnumerateArray().Select(static r => r.GetProperty("run").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
            pages++;
        }
        while (next is not null && pages < made.Count);

        seen.ShouldBe(made);
        pages.ShouldBe(3);
        var ofRuns = (await _client.GetOkAsync(HttpMethod.Get, $"/api/v1/runs?namespace={_ns}&limit=1")).GetProperty("next").GetString();
        (await _client.RefusedAsync(HttpMethod.Get, Path("memories") + $"&cursor={ofRuns}")).Status.ShouldBe(400);
        (await _client.RefusedAsync(HttpMethod.Get, $"/api/v1/runs?namespace={_server.NewNamespace()}&cursor={ofRuns}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_description_names_the_schemas_that_are_enforced()
    {
        var described = await _client.GetOkAsync(HttpMethod.Get, "/openapi/v1.json");
        var body = described.GetProperty("paths").GetProperty("/api/v1/memories").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        described.GetProperty("openapi").GetString().ShouldStartWith("3.");
        body.GetProperty("properties").GetProperty("content").GetProperty("maxLength").GetInt32().ShouldBe(32_768);
        body.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        described.GetProperty("components").GetProperty("schemas").GetProperty("MemoriesItem").GetProperty("properties").TryGetProperty("next", out _).ShouldBeTrue();
        var one = described.GetProperty("paths").GetProperty("/api/v1/memories/{id}");
        one.GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("headers").TryGetProperty("ETag", out _).ShouldBeTrue();
        one.GetProperty("get").GetProperty("responses").TryGetProperty("304", out _).ShouldBeTrue();
        HeadersOf(one.GetProperty("get")).ShouldBe(["If-None-Match"]);
        HeadersOf(one.GetProperty("patch")).ShouldBe(["If-Match"]);
        HeadersOf(one.GetProperty("delete")).ShouldBe(["If-Match"]);
        described.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe("/");
        (await _client.GetStringAsync("/scalar/")).ShouldContain("Memory server");

        static string[] HeadersOf(JsonElement operation) =>
            [.. operation.GetProperty("parameters").EnumerateArray().Where(static p => p.GetProperty("in").GetString() == "header").Select(static p => p.GetProperty("name").GetString()!)];
    }

    [Fact]
    public async Task MCP_of_every_revision_is_served_with_progress_of_consolidation()
    {
        await StoreAsync("The keel is long");
        await StoreAsync("keel is long");
        foreach (var revision in new[] { "2025-03-26", "2025-06-18", "2025-11-25" })
        {
            using var greeted = await _client.SendJsonAsync(HttpMethod.Post, "/mcp",
                $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{revision}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }""",
                ("Accept", "application/json, text/event-stream"));
            (await greeted.Content.ReadAsStringAsync()).ShouldContain($"\"protocolVersion\":\"{revision}\"");
        }

        using var newest = await _client.SendJsonAsync(HttpMethod.Post, "/mcp",
            """{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}""",
            ("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "server/discover"));
        (await newest.Content.ReadAsStringAsync()).ShouldContain("2026-07-28");

        using var response = await _client.SendMcpAsync("tools/call", $$$"""{"name":"consolidate","arguments":{"namespace":"{{{_ns}}}"},"_meta":{"progressToken":"p"}}""");
        var messages = (await response.Content.ReadAsStringAsync()).Split('\n').Where(static l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(static l => JsonElement.Parse(l[6..])).ToArray();

        messages.Length.ShouldBeGreaterThan(2);
        messages[..^1].ShouldAllBe(static m => m.GetProperty("method").GetString() == "notifications/progress");
        messages[^1].GetProperty("result").GetProperty("structuredContent").GetProperty("merged").GetInt32().ShouldBeGreaterThan(0);
    }

    private string Path(string path) => $"/api/v1/{path}?namespace={_ns}";

    private async Task<string> StoreAsync(string content) =>
        (await _client.GetOkAsync(HttpMethod.Post, Path("memories"), $$"""{"content":{{ServerProcess.Quote(content)}}}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;

    private async Task<string[]> ContentsAsync(string query) =>
        [.. (await _client.GetOkAsync(HttpMethod.Get, Path("memories") + query)).GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("content").GetString()!)];
}
