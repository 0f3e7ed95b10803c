using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>A key for namespace b asks for what is in a, by everything that names it.</summary>
[Collection(typeof(HttpCollection))]
public sealed partial class WallTests(HttpFixture server)
{
    private const string Secret = "The vault code is 4711-xyzzy.";

    [Fact]
    public async Task Nothing_of_another_namespace_is_told_to_who_names_it_or_what_is_in_it()
    {
        using var ours = server.Client("all-b");
        using var theirs = server.Client("all-a");
        var id = (await theirs.GetOkAsync(HttpMethod.Post, "/api/v1/memories", $$"""{"content":"{{Secret}}","tags":["vaulted"]}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
        using var shown = await theirs.GetAsync($"/api/v1/memories/{id}");
        var etag = shown.Headers.ETag!.ToString();
        var cursor = (await theirs.GetOkAsync(HttpMethod.Get, "/api/v1/memories?limit=1")).TryGetProperty("next", out var next) ? next.GetString()! : await SecondPageAsync(theirs);
        var plan = (await theirs.ToolAsync("consolidate", """{"dry_run":true}""")).GetProperty("structuredContent").GetProperty("plan").GetString()!;
        var run = (await theirs.ToolAsync("consolidate", "{}")).GetProperty("structuredContent").GetProperty("run").GetString()!;

        // Without naming the namespace, the same as for what does not exist.
        (await ours.RefusedAsync(HttpMethod.Get, $"/api/v1/memories/{id}")).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Get, "/api/v1/memories/0123456789ab")).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Patch, $"/api/v1/memories/{id}", """{"importance":0}""", ("If-Match", etag))).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Delete, $"/api/v1/memories/{id}")).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Post, $"/api/v1/memories/{id}/feedback", """{"verdict":"refute"}""")).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Get, $"/api/v1/memories?cursor={cursor}")).Status.ShouldBe(400);
        (await ours.RefusedAsync(HttpMethod.Get, $"/api/v1/runs/{run}")).Status.ShouldBe(404);
        (await ours.RefusedAsync(HttpMethod.Post, $"/api/v1/runs/{run}/undo")).Status.ShouldBe(404);
        ServerProcess.Text(await ours.ToolAsync("consolidate", $$"""{"plan":"{{plan}}"}""")).ShouldContain("No plan is named");
        ServerProcess.Text(await ours.ToolAsync("recall", $$"""{"query":"vault code","why_not":"{{id}}"}""")).ShouldNotContain("4711");

        foreach (var answer in new[]
        {
            await ours.GetStringAsync("/api/v1/memories?tag=vaulted"),
            (await ours.GetOkAsync(HttpMethod.Post, "/api/v1/recall", """{"query":"vault code 4711"}""")).GetRawText(),
            (await ours.GetOkAsync(HttpMethod.Get, "/api/v1/status")).GetRawText(),
            (await ours.GetOkAsync(HttpMethod.Get, "/api/v1/runs")).GetRawText(),
            (await ours.McpAsync("resources/list")).GetRawText(),
            (await CompleteAsync(ours, "namespace", "", "b")).GetRawText(),
            (await CompleteAsync(ours, "tag", "vau", "a")).GetRawText(),
            (await CompleteAsync(ours, "tag", "vau", "b")).GetRawText(),
        })
        {
            answer.ShouldNotContain("4711");
            answer.ShouldNotContain("vaulted");
            answer.ShouldNotContain("memory://a/");
            answer.ShouldNotContain("\"a\"");
            answer.ShouldNotContain(server.Database);
            answer.ShouldNotContain("size_bytes");
        }

        // The questions are good ones: asked by who may, they find it.
        (await theirs.GetStringAsync("/api/v1/memories?tag=vaulted")).ShouldContain("4711");
        (await CompleteAsync(theirs, "tag", "vau", "a")).GetRawText().ShouldContain("vaulted");
    }

    [Fact]
    public async Task The_version_of_a_memory_does_not_tell_how_much_happens_elsewhere_to_who_tries_all_numbers()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await using var host = await HttpHost.StartAsync(database);
        using var client = host.Client();
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"Tea is at four."}""");
        // So long a number stands in no hash by chance.
        const long Happened = 123_456_789_012_345;
        await AskAsync(database, $"UPDATE memories SET sequence = {Happened} RETURNING sequence");
        var id = (await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"What is the number of this?"}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
        var number = await AskAsync(database, $"SELECT sequence FROM memories WHERE id = '{id}'");
        using var shown = await client.GetAsync($"/api/v1/memories/{id}");
        var tag = shown.Headers.ETag!.Tag.Trim('"');

        number.ShouldBeGreaterThan(Happened);
        tag.ShouldNotContain($"{number}");
        tag.ShouldNotContain($"{number:x}", Case.Insensitive);
        string[] guesses = [$"{id}:{number}", $"{number}", $"{number}:{id}"];
        guesses.Select(static g => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(g)))).Where(hash => tag.Split('-').Any(half => hash.StartsWith(half, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("nobody-has-this")]
    public async Task A_namespace_that_exists_is_refused_in_the_same_words_as_one_that_does_not(string ns)
    {
        using var ours = server.Client("all-b");

        (await ours.RefusedAsync(HttpMethod.Get, $"/api/v1/memories?namespace={ns}")).ShouldBe((403, $"Namespace '{ns}' is not one of this caller's: b."));
        (await ours.RefusedAsync(HttpMethod.Post, $"/api/v1/recall?namespace={ns}", "{}")).ShouldBe((403, $"Namespace '{ns}' is not one of this caller's: b."));
        ServerProcess.Text(await ours.ToolAsync("status", $$"""{"namespace":"{{ns}}"}""")).ShouldBe($"Namespace '{ns}' is not one of this caller's: b.");
        (await ours.McpAsync("resources/read", $$"""{"uri":"memory://{{ns}}/snapshot"}""")).GetProperty("error").GetProperty("message").GetString().ShouldBe($"Namespace '{ns}' is not one of this caller's: b.");
    }

    [Fact]
    public async Task Who_names_no_namespace_gets_the_configured_one_or_the_only_one_it_has_and_is_asked_when_there_are_several()
    {
        using var everything = server.Client("everything");
        using var b = server.Client("all-b");
        using var several = server.Client("all-bc");

        (await everything.GetOkAsync(HttpMethod.Get, "/api/v1/status")).GetProperty("namespace").GetString().ShouldBe("a");
        (await b.GetOkAsync(HttpMethod.Get, "/api/v1/status")).GetProperty("namespace").GetString().ShouldBe("b");
        (await several.RefusedAsync(HttpMethod.Get, "/api/v1/status")).ShouldBe((400, "namespace is missing; one of b, c is required."));
        ServerProcess.Text(await several.ToolAsync("status", "{}")).ShouldBe("namespace is missing; one of b, c is required.");
    }

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("POST", "/feedback", """{"verdict":"refute"}""")]
    public async Task What_is_in_another_namespace_is_answered_as_what_is_nowhere_in_the_same_words_and_time(string method, string below, string? body)
    {
        using var ours = server.Client("all-b");
        using var theirs = server.Client("all-a");
        var elsewhere = (await theirs.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"Is this found by how long its refusal takes?"}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
        var nowhere = elsewhere[..^1] + (elsewhere[^1] == 'x' ? 'y' : 'x');
        // What takes longer does so each time; what else the machine does befalls one round.
        (double Median, double Other) measured = default;
        for (var round = 0; round < 3 && (round == 0 || Differ(measured)); round++)
        {
            measured = await MeasureAsync();
        }

        Differ(measured).ShouldBeFalse($"{measured.Median:0.00} ms for what is elsewhere, {measured.Other:0.00} ms for what is nowhere");

        async Task<(double, double)> MeasureAsync()
        {
            var (times, otherTimes) = (new List<double>(), new List<double>());
            // By turns, so that what else the machine does befalls both alike.
            for (var i = 0; i < 300; i++)
            {
                (await AskAsync(elsewhere, times)).ShouldBe((await AskAsync(nowhere, otherTimes)).Replace(nowhere, elsewhere, StringComparison.Ordinal));
            }

            return (Median(times), Median(otherTimes));
        }

        static bool Differ((double Median, double Other) found) => Math.Abs(found.Median - found.Other) >= 0.25 + (0.25 * Math.Min(found.Median, found.Other));

        async Task<string> AskAsync(string id, List<double> milliseconds)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await ours.SendJsonAsync(new HttpMethod(method), $"/api/v1/memories/{id}{below}", body);
            var answer = $"{(int)response.StatusCode} {response.Headers} {response.Content.Headers} {await response.Content.ReadAsStringAsync()}";
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return WithoutDate().Replace(answer, "");
        }

        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    [Fact]
    public async Task The_newest_revision_holds_a_key_to_its_namespaces_too()
    {
        using var ours = server.Client("all-b");
        async Task<string> CallAsync(string ns)
        {
            using var response = await ours.SendJsonAsync(HttpMethod.Post, "/mcp",
                $$"""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall","arguments":{"namespace":"{{ns}}","query":"vault"},
                 "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{ } } } }
                """,
                ("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "recall"));
            return await response.Content.ReadAsStringAsync();
        }

        (await CallAsync("a")).ShouldContain("is not one of this caller");
        (await CallAsync("b")).ShouldContain("\"structuredContent\":{\"memories\":");
    }

    [Fact]
    public async Task Tools_that_the_key_may_not_use_are_not_listed()
    {
        using var reader = server.Client("read-a");

        (await reader.McpAsync("tools/list")).GetProperty("result").GetProperty("tools").EnumerateArray().Select(static t => t.GetProperty("name").GetString())
            .ShouldBe(["recall", "graph", "status"]);
    }

    private static async Task<string> SecondPageAsync(HttpClient client)
    {
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"One more, so that there is a second page."}""");
        return (await client.GetOkAsync(HttpMethod.Get, "/api/v1/memories?limit=1")).GetProperty("next").GetString()!;
    }

    private static Task<JsonElement> CompleteAsync(HttpClient client, string argument, string value, string ns) => client.McpAsync("completion/complete",
        $$$$"""{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"{{{{argument}}}}","value":"{{{{value}}}}"},"context":{"arguments":{"namespace":"{{{{ns}}}}"}}}""");

    [GeneratedRegex("Date: [^\\r\\n]*")]
    private static partial Regex WithoutDate();

    private static async Task<long> AskAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
