using System.Diagnostics;
using System.Text.Json;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>Requests that take long: jobs, the streams of their events, and calls that wait. A lease that another holds keeps a job waiting as long as a test needs it.</summary>
public sealed class LongRequestTests : IAsyncLifetime
{
    private const string Elsewhere = "another-machine/1/1";

    private readonly TemporaryFolder _folder = new();
    private SqliteMemoryStore _store = null!;

    private string Database => _folder.File("memory.db");

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteMemoryStore(Database, TimeProvider.System);
        await LeaseAsync("a");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Streams_are_counted_apart_from_requests_and_one_too_many_is_answered_429()
    {
        var key = await KeyMaker.CreateAsync(Database, "team");
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--namespace", "a", "--rate-limit", "off", "--address-rate-limit", "off");
        using var client = host.Client(key);
        var job = await WaitingJobAsync(client, "a");
        // Each is answered at once, although nothing happens that it could tell.
        var streams = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.GetAsync($"{job}/events", HttpCompletionOption.ResponseHeadersRead))).WaitAsync(ServerProcess.Patience);
        streams.ShouldAllBe(static s => s.Content.Headers.ContentType!.MediaType == "text/event-stream");

        using var surplus = await client.GetAsync($"{job}/events");
        ((int)surplus.StatusCode).ShouldBe(429);
        (await surplus.JsonAsync()).GetProperty("detail").GetString().ShouldStartWith("This caller has 16 event streams open");

        // More at once than may be in flight, were the streams among them.
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.GetOkAsync(HttpMethod.Get, "/api/v1/status"))).WaitAsync(ServerProcess.Patience))
        {
            answer.GetProperty("namespace").GetString().ShouldBe("a");
        }

        Array.ForEach(streams, static s => s.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streams_jobs_and_calls_of_a_key_that_is_revoked_or_ends_are_over_within_moments(bool isRevoked)
    {
        var lasting = isRevoked ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(6);
        var boss = await KeyMaker.CreateAsync(Database, "boss", "a", "read,consolidate,admin");
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--namespace", "a", "--rate-limit", "off", "--address-rate-limit", "off");
        using var admin = host.Client(boss);
        await admin.GetOkAsync(HttpMethod.Get, "/api/v1/status");
        using var client = host.Client(await KeyMaker.CreateAsync(Database, "team", expires: DateTimeOffset.UtcNow + lasting));
        var job = await WaitingJobAsync(client, "a");
        var stream = client.GetStringAsync($"{job}/events");
        var call = client.SendMcpAsync("tools/call", """{"name":"consolidate","arguments":{"wait":600}}""");
        while ((await admin.GetOkAsync(HttpMethod.Get, "/api/v1/audit?namespace=a&action=job%20events")).GetProperty("lines").GetArrayLength() < 1)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        stream.IsCompleted.ShouldBeFalse();
        call.IsCompleted.ShouldBeFalse();
        var started = Stopwatch.GetTimestamp();
        if (isRevoked)
        {
            await KeyMaker.RevokeAsync(Database, "team");
        }

        // Within a second or two of the end; the rest is for a busy machine.
        var patience = TimeSpan.FromSeconds(isRevoked ? 8 : 14);
        await OverAsync(stream.WaitAsync(patience));
        await OverAsync(call.WaitAsync(patience));
        while ((await admin.GetOkAsync(HttpMethod.Get, job)).GetProperty("state").GetString() == "running")
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(patience);
        }

        (await admin.RefusedAsync(HttpMethod.Get, $"{job}/result")).Detail.ShouldBe("The job was cancelled before it began.");
    }

    [Fact]
    public async Task A_consolidation_of_another_namespace_keeps_nobody_from_its_own_and_is_not_told()
    {
        await LeaseAsync("b");
        await _store.ReleaseLeaseAsync(Consolidator.LeaseName(Parse("a")), Elsewhere);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys");
        using var ours = host.Client(await KeyMaker.CreateAsync(Database, "a"));
        using var theirs = host.Client(await KeyMaker.CreateAsync(Database, "b", "b"));

        (await ours.ToolAsync("consolidate", "{}")).GetProperty("structuredContent").GetProperty("state").GetString().ShouldBe("completed");
        ServerProcess.Text(await theirs.ToolAsync("consolidate", "{}")).ShouldBe("Another consolidation of namespace 'b' is at work. Try again when it is done.");
    }

    [Fact]
    public async Task A_call_over_MCP_may_wait_for_consolidation_longer_than_its_body_may_take()
    {
        await using var host = await HttpHost.StartAsync(Database, "--request-timeout", "1");
        using var client = host.Client();
        var started = Stopwatch.GetTimestamp();

        ServerProcess.Text(await client.ToolAsync("consolidate", """{"namespace":"a","wait":3}""")).ShouldStartWith("Another consolidation of namespace 'a' is at work");

        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_job_that_failed_says_why_in_its_state_its_result_and_its_last_event_alike()
    {
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--namespace", "a");
        using var client = host.Client(await KeyMaker.CreateAsync(Database, "team"));
        var path = $"/api/v1/consolidations/{(await client.GetOkAsync(HttpMethod.Post, "/api/v1/consolidations", "{}")).GetProperty("job").GetString()}";
        var last = (await client.GetStringAsync($"{path}/events")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].Split('\n');
        var state = await client.GetOkAsync(HttpMethod.Get, path);
        using var result = await client.GetAsync($"{path}/result");

        last[0].ShouldBe("event: failed");
        state.GetProperty("state").GetString().ShouldBe("failed");
        ((int)result.StatusCode).ShouldBe(409);
        var problem = await result.JsonAsync();
        problem.GetProperty("detail").GetString().ShouldStartWith("Another consolidation of namespace 'a' is at work");
        problem.GetProperty("type").GetString().ShouldBe("urn:memory-server:problem:busy");
        JsonElement.DeepEquals(JsonElement.Parse(last[1]["data: ".Length..]), problem).ShouldBeTrue(last[1]);
        JsonElement.DeepEquals(state.GetProperty("problem"), problem).ShouldBeTrue(state.GetRawText());
    }

    private static Namespace Parse(string name) => Namespace.TryParse(name, out var ns) ? ns : throw new ArgumentException(name);

    // Cut off, or, where the job was cancelled a moment before the connection, at its end.
    private static async Task OverAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (HttpRequestException)
        {
        }
    }

    private Task<Lease> LeaseAsync(string ns) => _store.AcquireLeaseAsync(Consolidator.LeaseName(Parse(ns)), Elsewhere, TimeSpan.FromSeconds(55));

    private static async Task<string> WaitingJobAsync(HttpClient client, string ns)
    {
        var job = await client.GetOkAsync(HttpMethod.Post, $"/api/v1/consolidations?namespace={ns}", """{"wait":600}""");
        return $"/api/v1/consolidations/{job.GetProperty("job").GetString()}";
    }
}
