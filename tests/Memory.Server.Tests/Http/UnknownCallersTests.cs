using System.Net;

namespace Memory.Server.Tests.Http;

/// <summary>Requests that show nothing right are limited before anything is looked at, and take nothing from those that do.</summary>
public sealed class UnknownCallersTests : IDisposable
{
    private const string Wrong = "mem_aaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Wrong_keys_that_come_too_fast_are_answered_429_without_being_looked_at_and_the_right_one_beside_them_is_not()
    {
        var right = await KeyMaker.CreateAsync(Database, "right");
        var boss = await KeyMaker.CreateAsync(Database, "boss", "*", "admin");
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--namespace", "a", "--address-rate-limit", "0.5");
        using var client = host.Client();
        (await SendAsync(client, right)).ShouldBe(200);

        var statuses = new List<int>();
        for (var i = 0; i < 15; i++)
        {
            statuses.Add(await SendAsync(client, Wrong));
        }

        // Half a request a second, and ten seconds of it at once; the right key needed one to become known.
        statuses.Take(4).ShouldAllBe(static s => s == 401);
        statuses.Count(static s => s == 429).ShouldBeGreaterThan(5);
        statuses.ShouldAllBe(static s => s == 401 || s == 429);
        (await SendAsync(client, right)).ShouldBe(200);

        using var admin = host.Client(boss);
        var looked = (await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?action=authenticate")).GetProperty("lines").GetArrayLength();
        looked.ShouldBe(statuses.Count(static s => s == 401));
    }

    [Fact]
    public async Task Requests_without_a_key_that_come_too_fast_are_answered_429_with_the_time_to_wait()
    {
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--address-rate-limit", "0.5");
        using var client = host.Client();
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 15 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var response = await client.SendMcpAsync("tools/list");
            last = response.StatusCode;
            if (last == HttpStatusCode.TooManyRequests)
            {
                response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
                (await response.JsonAsync()).GetProperty("detail").GetString().ShouldStartWith("Requests without a key or token that is known to open something");
            }
        }

        last.ShouldBe(HttpStatusCode.TooManyRequests);
        using var elsewhere = host.Client();
        using var first = await elsewhere.GetAsync("/api/v1/status");
        first.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<int> SendAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Authorization = new("Bearer", key);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
