using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Keeps the large indexes of this process in the store, so that the next process reads them in large pieces. Safe to stop at any point and to do in
/// several processes at once: only a whole one is read, and whoever begins later wins.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="indexes">The indexes in memory.</param>
/// <param name="time">The clock.</param>
/// <param name="fewestEntries">From how many memories on an index is kept: fewer are read as quickly row by row.</param>
/// <param name="fewestChanges">After how many changes at least it is kept anew.</param>
internal sealed class IndexKeeping(IMemoryStore store, RecallIndexes indexes, TimeProvider time, int fewestEntries = 5_000, int fewestChanges = 2_000)
{
    // What changed since an index was kept is read row by row at a start: at most about this share of the whole.
    private const double ChangedShare = 0.05;
    private const double MostChangedShare = 0.5;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    // How far this process kept what may be gone since: what was forgotten took it along, or a server of another build keeps its own. To keep it anew
    // each time would be work without end; the next process does so.
    private readonly Dictionary<(Namespace Namespace, string Model), long> _kept = [];
    private readonly Dictionary<(Namespace Namespace, string Model), long> _changed = [];

    /// <summary>Keeps what changed enough, now and every minute, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        do
        {
            await KeepDueAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Keeps what changed enough and does not change right now, once.</summary>
    public async Task KeepDueAsync(CancellationToken cancellationToken)
    {
        foreach (var (ns, model, entries, _) in indexes.Sizes())
        {
            if (entries < fewestEntries)
            {
                continue;
            }

            var known = _kept.GetValueOrDefault((ns, model));
            var changed = await store.ReadAsync(ns, r => r.CountChangedAfter(Math.Max(known, indexes.KeptUpTo(r, model))), cancellationToken);
            // Who imports or consolidates has the disk to himself, until so much changed that a start would not gain from what is kept.
            var isQuiet = !_changed.TryGetValue((ns, model), out var before) || before == changed;
            _changed[(ns, model)] = changed;
            if (changed > Math.Max(fewestChanges, entries * ChangedShare) && (isQuiet || changed > entries * MostChangedShare))
            {
                await KeepAsync(ns, model, cancellationToken);
            }
        }
    }

    /// <summary>Keeps the index of a namespace as it is now.</summary>
    /// <returns>Whether it is kept; not when it changed too much meanwhile, something was forgotten, or another process did the same.</returns>
    public async Task<bool> KeepAsync(Namespace ns, string model, CancellationToken cancellationToken)
    {
        // The old one makes room first: the file need not hold both.
        while (await store.WriteAsync(ns, w => w.RemoveIndexPart(model), cancellationToken))
        {
        }

        if (await store.ReadAsync(ns, r => indexes.Take(r, model), cancellationToken) is not { } taking
            || await store.WriteAsync(ns, w => w.BeginIndex(model, NamespaceIndex.Build, taking.Sequence), cancellationToken) is not { } number)
        {
            return false;
        }

        while (taking.Next() is { } section)
        {
            if (!await store.WriteAsync(ns, w => w.AddIndexPart(number, (int)section, taking.Bytes), cancellationToken))
            {
                return false;
            }
        }

        if (!taking.IsConsistent || !await store.WriteAsync(ns, w => w.CompleteIndex(number), cancellationToken))
        {
            return false;
        }

        _kept[(ns, model)] = taking.Sequence;
        return true;
    }
}
