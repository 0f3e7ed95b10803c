using System.Diagnostics.Metrics;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;
using Microsoft.Extensions.Hosting;

namespace Memory.Server.Watching;

/// <summary>Looks at the store and the indexes every few seconds, so that whoever watches can be told without waiting for the disk.</summary>
internal sealed class StoreFigures : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly IMemoryStore _store;
    private readonly RecallIndexes _indexes;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new(Instruments.Name + ".Store");
    private volatile Figures _figures = new([], new Dictionary<(Namespace, string), Behind>(), false);

    public StoreFigures(IMemoryStore store, RecallIndexes indexes, TimeProvider time)
    {
        _store = store;
        _indexes = indexes;
        _time = time;
        _meter.CreateObservableGauge("memory.memories", () => ByNamespace(static u => u.Memories), "{memory}", "Memories of a namespace, in any state but forgotten.");
        _meter.CreateObservableGauge("memory.bytes", () => ByNamespace(static u => u.Bytes), "By", "Content, tags and evidence of a namespace.");
        _meter.CreateObservableGauge("memory.index.size", () => _indexes.Sizes().Sum(static i => (long)i.Entries), "{memory}", "Memories in the indexes of this process.");
        _meter.CreateObservableGauge("memory.index.lag", Lag, "{change}", "Changes of its namespace that the index furthest behind has not taken in; it does so before it answers.");
        _meter.CreateObservableGauge("memory.consolidation.lease", () => _figures.IsConsolidating ? 1 : 0, "{lease}", "1 while some process consolidates.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            do
            {
                try
                {
                    _figures = await LookAsync(stoppingToken);
                }
                catch (MemoryStoreException)
                {
                    // Readiness says so, and every call does; the figures stay those that were seen last.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<Figures> LookAsync(CancellationToken cancellationToken)
    {
        var usage = new List<(string, NamespaceUsage)>();
        var consolidating = false;
        foreach (var ns in await _store.NamespacesAsync(cancellationToken))
        {
            usage.Add((ns.Value, await _store.ReadAsync(ns, static reader => reader.Usage(), cancellationToken)));
            consolidating |= await _store.FindLeaseAsync(Consolidator.LeaseName(ns), cancellationToken) is { } lease && lease.ExpiresAt > _time.GetUtcNow();
        }

        var behind = new Dictionary<(Namespace, string), Behind>();
        foreach (var (ns, model, _, seen) in _indexes.Sizes())
        {
            // Of an index that stands still only what came since the last look is counted: it may be far behind what others write.
            var before = _figures.Behind.TryGetValue((ns, model), out var last) && last.Seen == seen ? last : new Behind(seen, seen, 0);
            behind[(ns, model)] = await _store.ReadAsync(
                ns, reader => new Behind(seen, Math.Max(seen, reader.LastSequence()), before.Changes + reader.CountChangedAfter(before.UpTo)), cancellationToken);
        }

        return new Figures(usage, behind, consolidating);
    }

    private IEnumerable<Measurement<long>> ByNamespace(Func<NamespaceUsage, long> figure) =>
        _figures.Usage.Select(u => new Measurement<long>(figure(u.Usage), new KeyValuePair<string, object?>("namespace", u.Namespace)));

    // One that has gone on since the look is up to date, as it goes on only to answer. Of the indexes of a namespace the one that has come furthest
    // answers; those of other models stand still.
    private long Lag() => _indexes.Sizes().GroupBy(static i => i.Namespace).Select(static g => g.MaxBy(static i => i.Seen))
        .Select(i => _figures.Behind.TryGetValue((i.Namespace, i.Model), out var behind) && behind.Seen == i.Seen ? behind.Changes : 0).DefaultIfEmpty(0).Max();

    /// <summary>How far an index was behind when it was looked at.</summary>
    /// <param name="Seen">The place that it has seen.</param>
    /// <param name="UpTo">The place up to which changes are counted.</param>
    /// <param name="Changes">The changes of its namespace between the two.</param>
    private sealed record Behind(long Seen, long UpTo, long Changes);

    private sealed record Figures(
        IReadOnlyList<(string Namespace, NamespaceUsage Usage)> Usage, IReadOnlyDictionary<(Namespace Namespace, string Model), Behind> Behind, bool IsConsolidating);
}
