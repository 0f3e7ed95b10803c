using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Clusters;

/// <summary>
/// Grows clusters from pairs, the best-worded memory first, and takes in only what the best-worded itself stands for: a chain of near-misses
/// never melts into one memory. The work grows with the number of pairs.
/// </summary>
internal sealed class ClusterGrowth(PairJudge judge)
{
    private readonly Dictionary<MemoryId, List<MemoryId>> _neighbours = [];
    private readonly Dictionary<(ulong, ulong), (MemoryId One, PairVerdict Verdict)> _verdicts = [];
    private readonly HashSet<MemoryId> _held = [];

    /// <summary>Takes a pair of which one stands for the other.</summary>
    public void Add(MemoryId one, MemoryId other, PairVerdict verdict)
    {
        _verdicts[PairJudge.Key(one, other)] = (one, verdict);
        NeighboursOf(one).Add(other);
        NeighboursOf(other).Add(one);
        if (verdict.Relation == PairRelation.Contains)
        {
            _held.Add(verdict.Order == PairOrder.First ? other : one);
        }
    }

    /// <summary>The memories that are connected by pairs, group by group.</summary>
    public IEnumerable<IReadOnlyList<MemoryId>> Components()
    {
        var seen = new HashSet<MemoryId>();
        foreach (var start in _neighbours.Keys.Where(seen.Add))
        {
            var component = new List<MemoryId> { start };
            for (var i = 0; i < component.Count; i++)
            {
                component.AddRange(_neighbours[component[i]].Where(seen.Add));
            }

            yield return component;
        }
    }

    /// <summary>The clusters of one component.</summary>
    /// <param name="memories">Its memories, in the order they were stored.</param>
    public IEnumerable<Cluster> Clusters(IReadOnlyList<JudgedMemory> memories)
    {
        var byId = memories.ToDictionary(static m => m.Record.Id);
        var taken = new HashSet<MemoryId>();

        // What another holds is not the one that stands for others.
        foreach (var best in Wording.BestFirst(memories, static m => m.Record.Content).OrderBy(m => _held.Contains(m.Record.Id)))
        {
            if (!taken.Add(best.Record.Id))
            {
                continue;
            }

            var others = new List<(JudgedMemory Memory, PairVerdict Verdict)>();
            var looked = new HashSet<MemoryId> { best.Record.Id };
            var next = new Queue<MemoryId>(_neighbours[best.Record.Id]);
            while (next.TryDequeue(out var id))
            {
                if (looked.Add(id) && !taken.Contains(id) && byId.TryGetValue(id, out var other)
                    && !others.Exists(o => judge.AreSeparate(o.Memory, other)) && VerdictOf(best, other) is { } verdict)
                {
                    taken.Add(id);
                    others.Add((other, verdict));
                    foreach (var neighbour in _neighbours[id])
                    {
                        next.Enqueue(neighbour);
                    }
                }
            }

            // What would add more than a memory may hold stays beside them.
            var added = new List<AddedSentence>();
            others.RemoveAll(o => o.Verdict.Relation == PairRelation.Duplicate && !AddedSentences.TryAdd(judge, best, o.Memory, added) && taken.Remove(o.Memory.Record.Id));
            if (others.Count > 0)
            {
                yield return new Cluster(
                    best.Record.Id,
                    [.. others.Select(o => new ClusterMember(o.Memory.Record.Id, o.Verdict.Reason, PairStatement.HaveSameText(best.Statement, o.Memory.Statement)))],
                    added);
            }
        }
    }

    // Whether the first stands for the second; the verdict when it does.
    private PairVerdict? VerdictOf(JudgedMemory best, JudgedMemory other)
    {
        if (best.Record.Kind != other.Record.Kind || judge.AreSeparate(best, other))
        {
            return null;
        }

        var (one, verdict) = _verdicts.TryGetValue(PairJudge.Key(best.Record.Id, other.Record.Id), out var known)
            ? known
            : (best.Record.Id, judge.Decide(best, other));
        var holder = one == best.Record.Id ? PairOrder.First : PairOrder.Second;
        return verdict.Relation == PairRelation.Duplicate || (verdict.Relation == PairRelation.Contains && verdict.Order == holder) ? verdict : null;
    }

    private List<MemoryId> NeighboursOf(MemoryId id)
    {
        if (!_neighbours.TryGetValue(id, out var list))
        {
            _neighbours.Add(id, list = []);
        }

        return list;
    }
}
