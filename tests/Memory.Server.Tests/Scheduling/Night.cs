using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Scheduling;

namespace Memory.Server.Tests.Scheduling;

/// <summary>A store with two memories that say the same, created at noon, and what consolidates it by night.</summary>
internal sealed class Night : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Three = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    private Night()
    {
        Store = new SqliteMemoryStore(_folder.File("memory.db"), Time);
        Job = new NightlyJob(new Consolidator(Store, Time, new Random(1), logger: Runs), Time, Failures);
    }

    public WatchedTime Time { get; } = new(Noon);

    /// <summary>One line for each run that ended.</summary>
    public KeptLog<Consolidator> Runs { get; } = new();

    public KeptLog<NightlyJob> Failures { get; } = new();

    public KeptLog<NightlyService> Service { get; } = new();

    public SqliteMemoryStore Store { get; }

    public NightlyJob Job { get; }

    public static async Task<Night> PrepareAsync()
    {
        var night = new Night();
        await using var memories = new Core.MemoryService(night.Store, night.Time, new Random(2));
        (await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "The mast is tall" }, new NewMemory { Content = "mast is tall" }])).Succeeded.ShouldBeTrue();
        return night;
    }

    public NightlyService Serve(string? cron = "0 0 3 * * ?") =>
        new(new NightlySchedule(cron, TimeZoneInfo.Utc), Job, Store, Delay, Time, Service);

    /// <summary>Another process on the same store, as far as one process can be two.</summary>
    public (SqliteMemoryStore Store, NightlyJob Job) Another()
    {
        var store = new SqliteMemoryStore(_folder.File("memory.db"), Time);
        return (store, new NightlyJob(new Consolidator(store, Time, new Random(3), logger: Runs), Time, Failures));
    }

    public Task<IReadOnlyList<Run>> RunsAsync() => Store.ReadAsync(Namespace.Default, static reader => reader.Runs(10));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
