using System.Net;
using System.Net.Sockets;
using System.Text;

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

    [Fact]
    public async Task A_body_of_a_hundred_megabytes_is_answered_413()
    {
        using var client = server.Client("all-a");
        foreach (var path in new[] { "/api/v1/memories", "/mcp" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[100_000_000]) };
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
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Host.Address.Host, server.Host.Address.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/recall HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.Key("read-a")}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{"));
        using var client = server.Client("read-a");
        await client.GetOkAsync(HttpMethod.Get, "/api/v1/status");

        // Five seconds of grace at 240 bytes a second; then the connection is over, with 408 when the answer can still be sent.
        var answer = new byte[4_096];
        var read = await stream.ReadAsync(answer).AsTask().WaitAsync(ServerProcess.Patience);

        (read == 0 ? "" : Encoding.ASCII.GetString(answer, 0, read)).ShouldSatisfyAllConditions(static text => (text.Length == 0 || text.StartsWith("HTTP/1.1 408", StringComparison.Ordinal)).ShouldBeTrue(text));
    }

    [Fact]
    public async Task Ten_thousand_connections_do_not_keep_others_out_for_longer_than_they_last()
    {
        var idle = new List<Socket>();
        try
        {
            for (var i = 0; i < 10_000; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                idle.Add(socket);
                try
                {
                    socket.Connect(new IPEndPoint(IPAddress.Loopback, server.Host.Address.Port));
                }
                catch (SocketException)
                {
                    // Under way, or refused: both are fine.
                }
            }
        }
        finally
        {
            idle.ForEach(static s => s.Dispose());
        }

        for (var attempt = 1; ; attempt++)
        {
            using var client = server.Client("read-a");
            try
            {
                await client.GetOkAsync(HttpMethod.Get, "/api/v1/status");
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
