using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>What whoever runs the server sees of it.</summary>
[Collection(typeof(HttpCollection))]
public sealed class WatchingTests(HttpFixture server)
{
    [Fact]
    public async Task The_audit_log_says_who_read_wrote_forgot_consolidated_and_undid_and_never_what_was_said()
    {
        using var client = server.Client("everything");
        var ns = server.NewNamespace();
        var id = (await client.GetOkAsync(HttpMethod.Post, $"/api/v1/memories?namespace={ns}", """{"content":"The audited secret is 90210."}""")).GetProperty("memories")[0].GetProperty("id").GetString();
        await client.ToolAsync("recall", $$"""{"namespace":"{{ns}}","query":"audited secret"}""");
        await client.McpAsync("resources/read", $$"""{"uri":"memory://{{ns}}/{{id}}"}""");
        var run = (await client.ToolAsync("consolidate", $$"""{"namespace":"{{ns}}"}""")).GetProperty("structuredContent").GetProperty("run").GetString();
        await client.GetOkAsync(HttpMethod.Post, $"/api/v1/runs/{run}/undo?namespace={ns}");
        await client.GetOkAsync(HttpMethod.Delete, $"/api/v1/memories/{id}?namespace={ns}");
        using var stranger = server.Client("all-b");
        await stranger.RefusedAsync(HttpMethod.Get, $"/api/v1/memories/{id}?namespace={ns}");

        using var admin = server.Client("admin");
        var log = await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}");
        var lines = log.GetProperty("lines").EnumerateArray().Reverse().ToArray();

        lines.Select(static l => $"{l.GetProperty("caller").GetString()!.Split(' ')[0]} {l.GetProperty("action").GetString()} {l.GetProperty("result").GetString()}").ShouldBe(
        [
            "everything store ok", "everything recall ok", "everything read resource ok", "everything consolidate ok", "everything undo ok", "everything forget ok", "all-b show forbidden",
        ]);
        lines[0].GetProperty("subject").GetString().ShouldBe(id);
        lines[4].GetProperty("subject").GetString().ShouldBe(run);
        lines.ShouldAllBe(static l => l.GetProperty("address").GetString()!.StartsWith("127.0.1.", StringComparison.Ordinal) || l.GetProperty("address").GetString() == "127.0.0.1");
        log.GetRawText().ShouldNotContain("90210");
        (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}&action=forget&limit=1")).GetProperty("lines").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_a_list_showed_is_in_the_audit_log_as_what_a_search_found()
    {
        using var client = server.Client("everything");
        var ns = server.NewNamespace();
        var stored = (await client.GetOkAsync(HttpMethod.Post, $"/api/v1/memories?namespace={ns}", """{"memories":[{"content":"One is listed."},{"content":"Two are listed."}]}"""))
            .GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("id").GetString()!).Order(StringComparer.Ordinal).ToArray();
        await client.GetOkAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}");
        await client.GetOkAsync(HttpMethod.Post, $"/api/v1/recall?namespace={ns}", """{"query":"listed"}""");
        await client.McpAsync("resources/read", $$"""{"uri":"memory://{{ns}}/snapshot"}""");
        await client.McpAsync("prompts/get", $$$"""{"name":"recall_context","arguments":{"topic":"listed","namespace":"{{{ns}}}"}}""");
        var run = (await client.ToolAsync("consolidate", $$"""{"namespace":"{{ns}}"}""")).GetProperty("structuredContent").GetProperty("run").GetString();
        await client.GetOkAsync(HttpMethod.Get, $"/api/v1/runs?namespace={ns}");

        using var admin = server.Client("admin");
        var lines = (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}")).GetProperty("lines").EnumerateArray()
            .ToDictionary(static l => l.GetProperty("action").GetString()!, static l => l.GetProperty("subject").GetString()!.Split(' ').Order(StringComparer.Ordinal).ToArray());

        lines["list"].ShouldBe(stored);
        lines["recall"].ShouldBe(stored);
        lines["read resource"].ShouldBe(stored);
        lines["prompt recall_context"].ShouldBe(stored);
        lines["runs"].ShouldBe([run!]);
    }

    [Fact]
    public async Task Who_looks_at_a_job_or_cancels_it_is_noted_and_who_may_not_too()
    {
        using var client = server.Client("everything");
        var ns = server.NewNamespace();
        var job = (await client.GetOkAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", """{"dry_run":true}""")).GetProperty("job").GetString();
        await client.GetStringAsync($"/api/v1/consolidations/{job}/events");
        await client.GetOkAsync(HttpMethod.Get, $"/api/v1/consolidations/{job}");
        await client.GetOkAsync(HttpMethod.Get, $"/api/v1/consolidations/{job}/result");
        await client.GetOkAsync(HttpMethod.Delete, $"/api/v1/consolidations/{job}");
        using var stranger = server.Client("all-b");
        await stranger.RefusedAsync(HttpMethod.Delete, $"/api/v1/consolidations/{job}");
        await stranger.RefusedAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", "{}");
        await client.McpAsync("completion/complete", $$$$"""{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"tag","value":"x"},"context":{"arguments":{"namespace":"{{{{ns}}}}"}}}""");

        using var admin = server.Client("admin");
        var lines = (await admin.GetOkAsync(HttpMethod.Get, $"/api/v1/audit?namespace={ns}")).GetProperty("lines").EnumerateArray().Reverse().ToArray();

        // The job itself is noted when it ends, beside whoever waits for that.
        lines.Select(static l => $"{l.GetProperty("caller").GetString()!.Split(' ')[0]} {l.GetProperty("action").GetString()} {l.GetProperty("result").GetString()}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "all-b cancel job not_found", "all-b consolidate forbidden", "everything cancel job ok", "everything complete tags ok", "everything job events ok", "everything job ok", "everything job result ok", "everything plan ok",
        ]);
        lines.Where(static l => l.GetProperty("action").GetString()!.Contains("job", StringComparison.Ordinal)).ShouldAllBe(l => l.GetProperty("subject").GetString() == job);
    }

    [Fact]
    public async Task Metrics_count_calls_latency_results_and_what_the_store_holds()
    {
        using var client = server.Client("everything");
        await client.ToolAsync("store", """{"content":"Metrics are counted."}""");
        await client.ToolAsync("recall", """{"query":"metrics"}""");
        await client.ToolAsync("consolidate", $$"""{"namespace":"{{server.NewNamespace()}}"}""");
        using var admin = server.Client("admin");
        var text = await admin.GetStringAsync("/metrics");

        text.ShouldMatch("""memory_operations_total\{[^}]*result="ok"[^}]*tool="store"[^}]*\} [1-9]""");
        text.ShouldMatch("""memory_operations_total\{[^}]*result="ok"[^}]*tool="consolidate"[^}]*\} [1-9]""");
        text.ShouldMatch("""memory_operation_duration_seconds_bucket\{[^}]*tool="recall"[^}]*le="0\.15"\} """);
        text.ShouldContain("memory_recall_results_bucket");
        text.ShouldNotContain("Metrics are counted");
    }

    [Fact]
    public async Task Metrics_tell_what_the_index_holds_how_far_it_is_behind_and_whether_somebody_consolidates()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await using var host = await HttpHost.StartAsync(database, "--rate-limit", "off", "--address-rate-limit", "off");
        using var client = host.Client();
        await client.ToolAsync("store", """{"memories":[{"content":"The door is green."},{"content":"Tea is at four."},{"content":"Ana lives in Ghent."}]}""");
        await client.ToolAsync("recall", """{"query":"tea"}""");
        await ShouldBecomeAsync(client, memories: 3, size: 3, lag: 0, lease: 0);

        await using (var store = new SqliteMemoryStore(database, TimeProvider.System))
        await using (var elsewhere = new MemoryService(store, TimeProvider.System, new Random(1)))
        {
            (await elsewhere.StoreAsync(Namespace.Default, [new NewMemory { Content = "The lift is out of order." }, new NewMemory { Content = "The harbor opens at nine." }])).Succeeded.ShouldBeTrue();
            await store.AcquireLeaseAsync(Consolidator.LeaseName(Namespace.Default), "elsewhere/1/1", TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
            await ShouldBecomeAsync(client, memories: 5, size: 3, lag: 2, lease: 1);
            await store.ReleaseLeaseAsync(Consolidator.LeaseName(Namespace.Default), "elsewhere/1/1", TestContext.Current.CancellationToken);
        }

        await client.ToolAsync("recall", """{"query":"tea"}""");
        await ShouldBecomeAsync(client, memories: 5, size: 5, lag: 0, lease: 0);
    }

    [Fact]
    public async Task Keys_are_listed_to_an_administrator_without_anything_that_opens()
    {
        using var admin = server.Client("admin");
        var keys = (await admin.GetOkAsync(HttpMethod.Get, "/api/v1/keys")).GetProperty("keys").EnumerateArray().ToArray();

        keys.Select(static k => k.GetProperty("name").GetString()).ShouldContain("revoked");
        keys.SelectMany(static k => k.EnumerateObject()).Select(static p => p.Name).Distinct().ShouldBeSubsetOf(["id", "name", "namespaces", "scopes", "created_at", "expires_at", "revoked_at"]);
    }

    // The server looks every few seconds, and what is scraped may be a moment old.
    private static async Task ShouldBecomeAsync(HttpClient client, long memories, long size, long lag, long lease)
    {
        var expected = (Memories: memories, Size: size, Lag: lag, Lease: lease);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var text = await client.GetStringAsync("/metrics");
            var told = (Figure(text, "memory_memories"), Figure(text, "memory_index_size"), Figure(text, "memory_index_lag"), Figure(text, "memory_consolidation_lease"));
            if (told == expected)
            {
                return;
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(ServerProcess.Patience, $"{told} and not {expected}: {text}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static long? Figure(string text, string name) =>
        Regex.Match(text, $@"(?m)^{name}(\{{[^}}]*\}})? (?<value>\d+)( \d+)?\r?$") is { Success: true } found ? long.Parse(found.Groups["value"].Value, CultureInfo.InvariantCulture) : null;
}
