using System.Diagnostics.Metrics;
using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Embeddings;
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

    [Fact(Timeout = 60_000)]
    public async Task Lag_is_that_of_the_index_that_answers_and_not_of_one_of_another_model()
    {
        using var indexes = new RecallIndexes();
        await using var before = new MemoryService(_store, _time, new Random(1), indexes: indexes);
        await using var now = new MemoryService(_store, _time, new Random(2), embeddings: new EmbeddingSource(StaticEmbedder.DefaultPath), indexes: indexes);
        await StoreAsync(before, Ours, 1);
        (await before.RecallAsync(Ours, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        using var figures = new StoreFigures(_store, indexes, _time);
        await figures.StartAsync(TestContext.Current.CancellationToken);
        await SeenAsync("ours", 1);

        await StoreAsync(now, Ours, 4);
        (await now.RecallAsync(Ours, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        await LookAsync("ours", 4);
        indexes.Sizes().Count.ShouldBe(2);
        Gauges()[("memory.index.lag", "")].ShouldBe(0);

        await StoreAsync(now, Ours, 6);
        await LookAsync("ours", 6);
        Gauges()[("memory.index.lag", "")].ShouldBe(2);
        await figures.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Size_counts_the_memories_in_all_indexes()
    {
        using var indexes = new RecallIndexes();
        await using var memories = new MemoryService(_store, _time, new Random(1), indexes: indexes);
        using var figures = new StoreFigures(_store, indexes, _time);
        await StoreAsync(memories, Ours, 3);
        await StoreAsync(memories, Theirs, 2);
        Gauges()[("memory.index.size", "")].ShouldBe(0);

        (await memories.RecallAsync(Ours, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        Gauges()[("memory.index.size", "")].ShouldBe(3);
        (await memories.RecallAsync(Theirs, new RecallRequest { Query = "parcel" })).Succeeded.ShouldBeTrue();
        Gauges()[("memory.index.size", "")].ShouldBe(5);
    }

    [Fact(Timeout = 60_000)]
    public async Task Lease_is_one_while_somebody_consolidates_and_has_not_gone_away()
    {
        using var indexes = new RecallIndexes();
        await using var memories = new MemoryService(_store, _time, new Random(1), indexes: indexes);
        using var figures = new StoreFigures(_store, indexes, _time);
        await StoreAsync(memories, Ours, 1);
        await figures.StartAsync(TestContext.Current.CancellationToken);
        await SeenAsync("ours", 1);
        Gauges()[("memory.consolidation.lease", "")].ShouldBe(0);

        await _store.AcquireLeaseAsync(Consolidator.LeaseName(Ours), "elsewhere/1/1", TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);
        await StoreAsync(memories, Ours, 2);
        await LookAsync("ours", 2);
        Gauges()[("memory.consolidation.lease", "")].ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(5));
        await StoreAsync(memories, Ours, 3);
        await LookAsync("ours", 3);
        Gauges()[("memory.consolidation.lease", "")].ShouldBe(0);
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

    private async Task LookAsync(string ns, long memories)
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        await SeenAsync(ns, memories);
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
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[(instrument.Name, "")] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
