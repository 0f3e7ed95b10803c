using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>How often, how many at once and how long: each test with a server of its own.</summary>
public sealed class LimitTests : IDisposable
{
    private static readonly string[] SlowPaths = ["/api/v1/recall", "/api/v1/consolidations", "/mcp"];

    // Without an end, and within the grace that slow bodies have.
    private static readonly string[] SlowBodies =
    [
        "Content-Length: 1000000\r\n\r\n{", "Content-Length: 1000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "Transfer-Encoding: chunked\r\n\r\n",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_has_its_limit_whatever_its_keys_and_another_has_its_own()
    {
        var keys = await KeysAsync(2);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "off", "--address-rate-limit", "0.5");
        using var here = host.Client();
        using var elsewhere = host.Client();

        var statuses = new List<int>();
        for (var i = 0; i < 50 && !statuses.Contains(429); i++)
        {
            statuses.Add(await StatusAsync(here, keys[i % 2]));
        }

        statuses.Take(5).ShouldAllBe(static s => s == 200);
        statuses[^1].ShouldBe(429);
        (await StatusAsync(elsewhere, keys[0])).ShouldBe(200);
    }

    [Fact]
    public async Task What_a_key_is_refused_takes_nothing_from_others_of_its_address()
    {
        var keys = await KeysAsync(4);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "0.1", "--address-rate-limit", "0.5");
        using var client = host.Client();

        (await StatusAsync(client, keys[0])).ShouldBe(200);
        for (var i = 0; i < 12; i++)
        {
            (await StatusAsync(client, keys[0])).ShouldBe(429);
        }

        // The address may ask five times at once, and was let in once so far.
        foreach (var other in keys.Skip(1))
        {
            (await StatusAsync(client, other)).ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_rate_is_what_was_asked_for_and_not_more()
    {
        var key = (await KeysAsync(1))[0];
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "2", "--address-rate-limit", "off");
        using var client = host.Client();
        var (began, atOnce) = (Stopwatch.GetTimestamp(), 0);
        while (await StatusAsync(client, key) == 200)
        {
            atOnce++;
        }

        atOnce.ShouldBeInRange(20, 21 + (int)(2 * Seconds(began)));

        // What was saved up is spent: from here on two a second, 120 a minute, however often it asks.
        var (spent, asked, allowed) = (Stopwatch.GetTimestamp(), 0, 0);
        while (Seconds(spent) < 5)
        {
            asked++;
            allowed += await StatusAsync(client, key) == 200 ? 1 : 0;
        }

        allowed.ShouldBeInRange(Math.Min(asked, 8) - 1, 1 + (int)(2 * Seconds(spent)));

        static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    [Fact]
    public async Task Who_shows_no_key_is_limited_by_address()
    {
        var key = (await KeysAsync(1))[0];
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "0.1", "--address-rate-limit", "off");
        using var here = host.Client();
        using var elsewhere = host.Client();

        (await DescriptionAsync(here)).ShouldBe(200);
        (await DescriptionAsync(here)).ShouldBe(429);
        (await DescriptionAsync(elsewhere)).ShouldBe(200);
        (await StatusAsync(here, key)).ShouldBe(200);

        static async Task<int> DescriptionAsync(HttpClient client)
        {
            using var response = await client.GetAsync("/openapi/v1.json");
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task A_key_has_so_many_requests_in_flight_and_waiting_and_another_is_served_beside_them()
    {
        const int InFlightAndWaiting = 32 + 256;
        var keys = await KeysAsync(2);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "off", "--address-rate-limit", "off");
        // Long enough that the server has no reason to end it for being slow while the others are opened.
        var begun = """{"query":"who is in flight?",""" + new string(' ', 16_000);
        const string Rest = "\"limit\":1}";
        var connections = new List<RawConnection>();
        try
        {
            for (var i = 0; i < InFlightAndWaiting + 50; i++)
            {
                // From some addresses: no one of them may hold so many.
                connections.Add(await RawConnection.OpenAsync(host.Address, $"127.0.3.{1 + (i % 4)}"));
                await connections[^1].SendAsync(
                    $"POST /api/v1/recall HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {keys[0]}\r\nContent-Type: application/json\r\nContent-Length: {begun.Length + Rest.Length}\r\n\r\n{begun}");
            }

            var answers = connections.Select(static c => c.StatusAsync()).ToArray();
            (await await Task.WhenAny(answers)).ShouldBe("HTTP/1.1 429 Too Many Requests");
            using var other = host.Client();
            (await StatusAsync(other, keys[1])).ShouldBe(200);

            await Task.WhenAll(connections.Select(static c => c.SendAsync(Rest)));
            var statuses = await Task.WhenAll(answers);
            statuses.Count(static s => s == "HTTP/1.1 200 OK").ShouldBe(InFlightAndWaiting);
            statuses.Count(static s => s == "HTTP/1.1 429 Too Many Requests").ShouldBe(50);
        }
        finally
        {
            connections.ForEach(static c => c.Dispose());
        }
    }

    [Fact]
    public async Task A_body_that_takes_longer_than_a_request_may_is_ended_with_504_by_REST_and_MCP_and_nothing_is_logged()
    {
        await using var host = await HttpHost.StartAsync(Database, "--request-timeout", "1");
        var started = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(
            from path in SlowPaths
            from body in SlowBodies
            select AnswerAsync(host.Address, $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n{body}"));

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        foreach (var answer in answers)
        {
            answer.ShouldStartWith("HTTP/1.1 504 Gateway Timeout\r\n");
            answer.ShouldContain("\r\nContent-Type: application/problem+json\r\n");
            answer.ShouldContain("\r\nCache-Control: no-store\r\n");
            answer.ShouldContain("\r\nX-Content-Type-Options: nosniff\r\n");
            answer.ShouldEndWith("""{"type":"urn:memory-server:problem:timeout","title":"Timed out","status":504,"detail":"The body of the request took too long to come; the request was ended."}""");
        }

        // The connections are closed by now, and with the process all is logged that ever will be.
        await host.Process.TerminateAsync();
        await host.Process.WaitAsync();
        host.Process.Stderr.ShouldBeEmpty();

        static async Task<string> AnswerAsync(Uri server, string request)
        {
            using var slow = await RawConnection.OpenAsync(server);
            await slow.SendAsync(request);
            return await slow.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task A_request_that_waits_longer_than_it_may_is_ended_with_504_and_one_line_of_the_log()
    {
        await using var host = await HttpHost.StartAsync(Database, "--request-timeout", "1");
        using var client = host.Client();
        await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"The store is open."}""");
        await using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        writer.Open();
        await using var lockOut = writer.BeginTransaction();

        using var response = await client.SendJsonAsync(HttpMethod.Post, "/api/v1/memories", """{"content":"This one has to wait."}""");

        ((int)response.StatusCode).ShouldBe(504);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe("The request took too long and was ended.");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        await lockOut.RollbackAsync();
        await host.Process.TerminateAsync();
        await host.Process.WaitAsync();
        var line = JsonElement.Parse(host.Process.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem());
        line.GetProperty("LogLevel").GetString().ShouldBe("Warning");
        line.GetProperty("Message").GetString().ShouldBe("POST /api/v1/memories took longer than a request may and was ended");
        line.TryGetProperty("Exception", out _).ShouldBeFalse();
    }

    private static async Task<int> StatusAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status?namespace=default");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        return (int)response.StatusCode;
    }

    private async Task<string[]> KeysAsync(int count)
    {
        await using var store = new SqliteMemoryStore(Database, TimeProvider.System);
        var keys = new ApiKeys(store, TimeProvider.System);
        var made = new string[count];
        for (var i = 0; i < count; i++)
        {
            made[i] = (await keys.CreateAsync($"key {i}", NamespaceList.All, Scopes.Read, expiresAt: null)).Value!.Text;
        }

        return made;
    }
}
