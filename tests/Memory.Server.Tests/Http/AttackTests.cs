using System.Net;

namespace Memory.Server.Tests.Http;

/// <summary>What hostile clients send, and the short and correct answer to each.</summary>
[Collection(typeof(HttpCollection))]
public sealed class AttackTests(HttpFixture server)
{
    [Theory]
    [InlineData("revoked", "The key is revoked.")]
    [InlineData("expired", "The key has expired.")]
    [InlineData("malformed", "The key is malformed.")]
    [InlineData("unknown", "The key is not known.")]
    [InlineData("wrong-secret", "The key is not known.")]
    public async Task A_key_that_opens_nothing_is_answered_401_with_the_way_to_authenticate(string key, string reason)
    {
        using var client = server.Client(key);
        using var response = await client.GetAsync("/api/v1/status");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = response.Headers.WwwAuthenticate.ToString();
        challenge.ShouldStartWith("Bearer realm=\"memory-server\", error=\"invalid_token\"");
        challenge.ShouldContain("resource_metadata=\"https://memory.example.com/");
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe(reason);
    }

    [Theory]
    [InlineData("Host", "evil.example.com", 403)]
    [InlineData("Host", "localhost.evil.example.com:7788", 403)]
    [InlineData("Host", "memory.example.com", 200)]
    [InlineData("Host", "127.0.0.1", 200)]
    [InlineData("Origin", "https://evil.example.com", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "https://app.example.com", 200)]
    public async Task A_forged_host_or_origin_is_answered_403(string header, string value, int status)
    {
        using var client = server.Client("read-a");
        using var rest = await client.SendJsonAsync(HttpMethod.Get, "/api/v1/status", null, (header, value));
        using var mcp = await client.SendMcpAsync("tools/list", "{}", (header, value));

        ((int)rest.StatusCode).ShouldBe(status);
        ((int)mcp.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("https://app.example.com", "https://evil.example.com", "HTTP/1.1 403 Forbidden")]
    [InlineData("https://evil.example.com", "https://app.example.com", "HTTP/1.1 403 Forbidden")]
    [InlineData("https://app.example.com", "https://app.example.com", "HTTP/1.1 200 OK")]
    public async Task Of_two_origins_each_must_be_allowed(string first, string second, string status)
    {
        using var connection = await RawConnection.OpenAsync(server.Host.Address);
        await connection.SendAsync($"GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {first}\r\nOrigin: {second}\r\nAuthorization: Bearer {server.Key("read-a")}\r\n\r\n");

        (await connection.StatusAsync()).ShouldBe(status);
    }

    [Fact]
    public async Task A_header_that_is_none_or_too_large_is_answered_with_the_status_that_says_so()
    {
        foreach (var (header, status) in new[] { ("no colon here", "HTTP/1.1 400 Bad Request"), ($"X-Large: {new string('a', 20_000)}", "HTTP/1.1 431 Request Header Fields Too Large") })
        {
            using var connection = await RawConnection.OpenAsync(server.Host.Address);
            await connection.SendAsync($"GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n\r\n");

            (await connection.StatusAsync()).ShouldBe(status);
        }
    }

    [Fact]
    public async Task Sixty_headers_are_answered_431_and_forty_are_not()
    {
        foreach (var (count, status) in new[] { (40, "HTTP/1.1 200 OK"), (60, "HTTP/1.1 431 Request Header Fields Too Large") })
        {
            using var connection = await RawConnection.OpenAsync(server.Host.Address);
            await connection.SendAsync($"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n{string.Concat(Enumerable.Range(0, count).Select(static i => $"X-{i}: a\r\n"))}\r\n");

            (await connection.StatusAsync()).ShouldBe(status);
        }
    }

    // More than a line over stdio may have, and far less than the web server would take by itself.
    [Theory]
    [InlineData(5_000_000)]
    [InlineData(100_000_000)]
    public async Task A_body_of_more_than_four_megabytes_is_answered_413(int length)
    {
        using var client = server.Client("all-a");
        foreach (var path in new[] { "/api/v1/memories", "/mcp" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[length]) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Accept.ParseAdd("application/json, text/event-stream");
            request.Headers.ExpectContinue = true;
            using var response = await client.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(413, path);
        }
    }

    [Fact]
    public async Task Deep_JSON_and_what_is_no_JSON_are_answered_400()
    {
        using var client = server.Client("all-a");
        var deep = new string('[', 5_000) + new string(']', 5_000);

        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/memories", $$"""{"content":{{deep}}}""")).ShouldBe((400, "The body is not JSON of at most 16 levels (line 1, byte 27)."));
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/recall", "{\"query\":")).Status.ShouldBe(400);
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/recall", "[]")).ShouldBe((400, "The body is not a JSON object."));
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/recall", """{"query":"a","query":"b"}""")).ShouldBe((400, "'query' is given twice; once is allowed."));
        (await client.RefusedAsync(HttpMethod.Post, "/api/v1/recall", """{"querry":"a"}""")).Detail.ShouldStartWith("There is no 'querry'. Allowed: query, ");
        using var mcp = await client.SendMcpAsync("tools/call", $$$"""{"name":"store","arguments":{"content":{{{deep}}}}}""");
        ((int)mcp.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("/api/v1/memories/..%2F..%2Fetc%2Fpasswd", 404)]
    [InlineData("/api/v1/memories?cursor=Li4vLi4vZXRjL3Bhc3N3ZA", 400)]
    [InlineData("/api/v1/memories?cursor=%F0%9F%92%A9", 400)]
    [InlineData("/api/v1/memories?limit=0", 400)]
    [InlineData("/api/v1/memories?limit=abc", 400)]
    [InlineData("/api/v1/memories?state=forgotten", 400)]
    [InlineData("/api/v1/memories?since=yesterday", 400)]
    [InlineData("/api/v1/memories?namespace=%27%20OR%201=1", 400)]
    [InlineData("/api/v1/runs/%27%3B%20DROP%20TABLE%20runs", 404)]
    [InlineData("/api/v1/consolidations/guessed", 404)]
    [InlineData("/openapi/../../../etc/passwd", 404)]
    [InlineData("/nothing", 404)]
    public async Task A_path_or_query_of_the_wrong_form_is_answered_shortly(string path, int status)
    {
        using var client = server.Client("all-a");

        (await client.RefusedAsync(HttpMethod.Get, path)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("PUT", "/api/v1/memories", 405)]
    [InlineData("DELETE", "/api/v1/status", 405)]
    [InlineData("GET", "/mcp", 405)]
    [InlineData("POST", "/nothing.json", 404)]
    public async Task A_method_or_path_that_there_is_not_is_said_so(string method, string path, int status)
    {
        using var client = server.Client("all-a");
        using var response = await client.SendJsonAsync(new HttpMethod(method), path);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(400);
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_ended_and_others_are_answered_meanwhile()
    {
        using var slow = await RawConnection.OpenAsync(server.Host.Address);
        await slow.SendAsync($"POST /api/v1/recall HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.Key("read-a")}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{");
        using var client = server.Client("read-a");
        await client.GetOkAsync(HttpMethod.Get, "/api/v1/status");

        // Five seconds of grace at 240 bytes a second; then the connection is over.
        var answer = await slow.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 408 Request Timeout\r\n");
        answer.ShouldContain("\"type\":\"urn:memory-server:problem:too_slow\",\"title\":\"Too slow\",\"status\":408,");
    }

    [Fact]
    public async Task Of_ten_thousand_connections_at_once_the_surplus_is_closed_and_another_client_is_served_meanwhile()
    {
        using var other = server.Client("read-a");
        await other.GetOkAsync(HttpMethod.Get, "/api/v1/status");
        var flood = Enumerable.Range(0, 10_000).Select(_ => new RawConnection(source: "127.0.2.1")).ToArray();
        try
        {
            var flooding = Parallel.ForEachAsync(flood, new ParallelOptions { MaxDegreeOfParallelism = 200 }, (one, _) => new ValueTask(one.ConnectAsync(server.Host.Address))).WaitAsync(ServerProcess.Patience);
            do
            {
                await other.GetOkAsync(HttpMethod.Get, "/api/v1/status");
            }
            while (!flooding.IsCompleted);

            // What was let in is still open, and says nothing.
            await flooding;
            await other.GetOkAsync(HttpMethod.Get, "/api/v1/status");

            var statuses = await Task.WhenAll(flood.Select(static async one =>
            {
                await one.SendAsync("GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                return await one.StatusAsync();
            }));
            statuses.Distinct().ShouldBeSubsetOf(["", "HTTP/1.1 401 Unauthorized", "HTTP/1.1 429 Too Many Requests"]);
            statuses.Count(static s => s.Length == 0).ShouldBeGreaterThanOrEqualTo(8_000);
        }
        finally
        {
            Array.ForEach(flood, static one => one.Dispose());
        }

        // Nor is the server shut for whoever comes when they are gone.
        for (var attempt = 1; ; attempt++)
        {
            using var newcomer = server.Client("read-a");
            try
            {
                await newcomer.GetOkAsync(HttpMethod.Get, "/api/v1/status");
                return;
            }
            catch (HttpRequestException) when (attempt < 20)
            {
                // The server has not yet seen all of them go.
            }
        }
    }

    [Fact]
    public async Task An_address_from_which_too_many_wrong_keys_came_has_to_wait_and_others_need_not()
    {
        using var wrong = server.Client("unknown");
        var statuses = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            using var response = await wrong.GetAsync("/api/v1/status");
            statuses.Add((int)response.StatusCode);
            if (statuses[^1] == 429)
            {
                response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
            }
        }

        statuses.Take(20).ShouldAllBe(static s => s == 401);
        statuses[^1].ShouldBe(429);
        using var right = server.Client("read-a");
        await right.GetOkAsync(HttpMethod.Get, "/api/v1/status");

        // Nor need who comes from the same address with a key that opens something.
        using var same = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        same.Headers.Authorization = right.DefaultRequestHeaders.Authorization;
        wrong.DefaultRequestHeaders.Clear();
        (await wrong.SendAsync(same)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
