using System.Diagnostics.Metrics;
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
    private volatile Figures _figures = new([], 0, false);

    public StoreFigures(IMemoryStore store, RecallIndexes indexes, TimeProvider time)
    {
        _store = store;
        _indexes = indexes;
        _time = time;
        _meter.CreateObservableGauge("memory.memories", () => ByNamespace(static u => u.Memories), "{memory}", "Memories of a namespace, in any state but forgotten.");
        _meter.CreateObservableGauge("memory.bytes", () => ByNamespace(static u => u.Bytes), "By", "Content of a namespace.");
        _meter.CreateObservableGauge("memory.index.size", () => _indexes.Sizes().Sum(static i => (long)i.Entries), "{memory}", "Memories in the indexes of this process.");
        _meter.CreateObservableGauge("memory.index.lag", Lag, "{change}", "Changes of the store that the index furthest behind has not taken in; it does so before it answers.");
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
        long last = 0;
        foreach (var ns in await _store.NamespacesAsync(cancellationToken))
        {
            var (used, sequence) = await _store.ReadAsync(ns, static reader => (reader.Usage(), reader.LastSequence()), cancellationToken);
            usage.Add((ns.Value, used));
            last = Math.Max(last, sequence);
        }

        var lease = await _store.FindLeaseAsync(Memory.Core.Consolidation.Consolidator.LeaseName, cancellationToken);
        return new Figures(usage, last, lease is not null && lease.ExpiresAt > _time.GetUtcNow());
    }

    private IEnumerable<Measurement<long>> ByNamespace(Func<NamespaceUsage, long> figure) =>
        _figures.Usage.Select(u => new Measurement<long>(figure(u.Usage), new KeyValuePair<string, object?>("namespace", u.Namespace)));

    private long Lag() => _indexes.Sizes().Select(i => Math.Max(0, _figures.LastSequence - i.Seen)).DefaultIfEmpty(0).Max();

    private sealed record Figures(IReadOnlyList<(string Namespace, NamespaceUsage Usage)> Usage, long LastSequence, bool IsConsolidating);
}
