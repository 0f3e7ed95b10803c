using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Scheduling;

/// <summary>The schedule in real processes that share one store.</summary>
public sealed class ScheduledProcessesTests : IDisposable
{
    private static readonly string[] Schedule = ["--schedule", "0 0 3 * * ?", "--time-zone", "UTC", "--catch-up-delay", "0", "--log-level", "Information"];

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_servers_on_a_store_that_missed_a_night_consolidate_it_once()
    {
        await MissANightAsync();
        var before = DateTimeOffset.UtcNow;

        await using var first = ServerProcess.Start(["--db", Database, .. Schedule]);
        await using var second = ServerProcess.Start(["--db", Database, .. Schedule]);
        await Task.WhenAll(first.GreetAsync(), second.GreetAsync());
        while (await LastNightAsync() < before)
        {
            // Each answer takes a while; a server that never consolidates ends this by the patience of the run.
            await first.CallAsync("status");
            (DateTimeOffset.UtcNow - before).ShouldBeLessThan(ServerProcess.Patience);
        }

        // By now whoever was second has been refused or has found the work done; a third server finds it done too.
        await using var third = ServerProcess.Start(["--db", Database, .. Schedule]);
        await third.GreetAsync();
        await third.CallAsync("status");
        foreach (var server in new[] { first, second, third })
        {
            (await server.LeaveAsync()).ExitCode.ShouldBe(0);
        }

        third.Stderr.ShouldNotContain("Catching up");
        (await RunsAsync()).ShouldBe(["schedule completed 1"]);
    }

    [Fact]
    public async Task A_server_without_a_schedule_leaves_a_missed_night_alone()
    {
        await MissANightAsync();

        await using (var server = await ServerProcess.ServeAsync(Database, "--catch-up-delay", "0"))
        {
            await server.CallAsync("status");
            await server.LeaveAsync();
        }

        (await RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_leaves_before_the_delay_leaves_the_night_to_the_next()
    {
        await MissANightAsync();

        await using (var server = ServerProcess.Start(["--db", Database, "--schedule", "0 0 3 * * ?", "--catch-up-delay", "3600"]))
        {
            await server.GreetAsync();
            await server.CallAsync("status");
            (await server.LeaveAsync()).Took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }

        (await RunsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_of_which_the_nightly_job_waits_its_turn_leaves_at_once()
    {
        await MissANightAsync();
        await using (var store = new SqliteMemoryStore(Database, TimeProvider.System))
        {
            await store.AcquireLeaseAsync("consolidation", "another-machine/1/1", TimeSpan.FromSeconds(60));
        }

        await using var server = ServerProcess.Start(["--db", Database, "--schedule", "* * * * * ?", "--catch-up-delay", "0"]);
        await server.GreetAsync();
        var due = DateTimeOffset.UtcNow.AddSeconds(2.5);
        while (DateTimeOffset.UtcNow < due)
        {
            // By then the job, due every second, has found the lease taken and waits for half a minute.
            await server.CallAsync("status");
        }

        (await server.LeaveAsync()).Took.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private async Task MissANightAsync()
    {
        await using var store = new SqliteMemoryStore(Database, TimeProvider.System);
        await using var memories = new Core.MemoryService(store, TimeProvider.System, new Random(1));
        (await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "The mast is tall" }, new NewMemory { Content = "mast is tall" }])).Succeeded.ShouldBeTrue();
        await store.SetLastNightAsync(DateTimeOffset.UtcNow.AddDays(-2));
    }

    private async Task<DateTimeOffset> LastNightAsync() =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse((await QueryAsync("SELECT value FROM properties WHERE name = 'last_night_at'")).Single()));

    private Task<string[]> RunsAsync() => QueryAsync("SELECT cause || ' ' || state || ' ' || merged FROM runs ORDER BY started_at");

    private Task<string[]> QueryAsync(string sql) => DatabaseRows.QueryAsync(Database, sql);
}
