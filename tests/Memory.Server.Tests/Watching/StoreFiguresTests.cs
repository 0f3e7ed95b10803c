using System.Diagnostics.Metrics;
using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Watching;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Watching;

public sealed class StoreFiguresTests : IAsyncDisposable
{
    private static readonly Namespace Ours = Named("ours");
    private static readonly Namespace Theirs = Named("theirs");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 3, 0, 0, TimeSpan.Zero));
    private readonly SqliteMemoryStore _store;

    public StoreFiguresTests() => _store = new SqliteMemoryStore(_folder.File("memory.db"), _time);

    [Fact(Timeout = 60_000)]
    public async Task Lag_counts_the_changes_of_the_index_own_namespace_alone()
    {
        using var indexes = new RecallIndexes();
        await using var here = new MemoryService(_store, _time, new Random(1), indexes: indexes);
        await using var elsewhere = new MemoryService(_store, _time, new Random(2));
        await StoreAsync(here, Ours, 1);
        (await here.RecallAsync(Ours, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        await StoreAsync(elsewhere, Theirs, 3);

        using var figures = new StoreFigures(_store, indexes, _time);
        await figures.StartAsync(TestContext.Current.CancellationToken);
        await SeenAsync("theirs", 3);
        Gauges()[("memory.index.lag", "")].ShouldBe(0);

        await StoreAsync(elsewhere, Theirs, 5);
        await StoreAsync(elsewhere, Ours, 3);
        _time.Advance(TimeSpan.FromSeconds(5));
        await SeenAsync("ours", 3);
        Gauges()[("memory.index.lag", "")].ShouldBe(2);

        await StoreAsync(elsewhere, Ours, 4);
        _time.Advance(TimeSpan.FromSeconds(5));
        await SeenAsync("ours", 4);
        Gauges()[("memory.index.lag", "")].ShouldBe(3);

        (await here.RecallAsync(Ours, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        Gauges()[("memory.index.lag", "")].ShouldBe(0);
        await figures.StopAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static Namespace Named(string name) => Namespace.TryParse(name, out var ns) ? ns : throw new ArgumentException(name);

    // Stores what is not there yet of so many.
    private static async Task StoreAsync(MemoryService memories, Namespace ns, int count)
    {
        var counts = await memories.ListAsync(ns, new Memory.Core.Storage.MemoryFilter(), null, 100);
        for (var i = counts.Value!.Memories.Count; i < count; i++)
        {
            (await memories.StoreAsync(ns, [new NewMemory { Content = $"Parcel {i} of {ns} is on pier {i + 40}." }])).Succeeded.ShouldBeTrue();
        }
    }

    private static async Task SeenAsync(string ns, long memories)
    {
        while (Gauges().GetValueOrDefault(("memory.memories", ns)) != memories)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Dictionary<(string Name, string Namespace), long> Gauges()
    {
        var seen = new Dictionary<(string, string), long>();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen[(instrument.Name, tags is [{ Value: string ns }] ? ns : "")] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
