using Memory.Core.Consolidation.Candidates;
using Memory.Core.Consolidation.Clusters;
using Memory.Core.Consolidation.Contradictions;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Judges the pairs of what the run looks at, and grows clusters of those that say the same. Equal texts need no judgement: one of each stands
/// for all in the search, however many there are.
/// </summary>
internal sealed class DeduplicateStage : IConsolidationStage
{
    private const int JudgedAtOnce = 64;

    public string Name => "deduplicate";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var (sameText, leftOut) = await SameTextAsync(context, cancellationToken);
        var growth = new ClusterGrowth(context.Judge);
        var queries = context.TakeMemoriesToPair().Where(id => !leftOut.Contains(id.Bits)).ToList();
        var pairs = await new CandidateSearch(context, leftOut).FindAsync(queries, cancellationToken);
        context.Proposals.AddRange(pairs.Select(static p => (p.One, p.Other)));
        CandidatePair[] judged = [.. pairs.Where(p => context.Judged.Add(PairJudge.Key(p.One, p.Other))).OrderBy(static p => p.Place).ThenBy(p => context.PlaceOf(p.One))];
        context.Judge.IsCareful = context.Active.Count <= context.Options.ReadMemories;
        await JudgeAsync(context, growth, judged, cancellationToken);
        context.Clusters = [.. sameText, .. await ClustersAsync(context, growth, cancellationToken)];
    }

    // The clusters of equal texts, and those that need not be looked for as others stand for them.
    private static async Task<(List<Cluster> Clusters, HashSet<ulong> LeftOut)> SameTextAsync(RunContext context, CancellationToken cancellationToken)
    {
        var clusters = new List<Cluster>();
        var leftOut = new HashSet<ulong>();
        foreach (var batch in context.SameTextGroups.Chunk(JudgedAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            clusters.AddRange(await context.Store.ReadAsync(
                context.Namespace,
                reader => batch.SelectMany(group => SameText(context.Judge, reader.FindMany(group))).ToArray(),
                cancellationToken));
        }

        leftOut.UnionWith(clusters.SelectMany(static c => c.Others).Select(static o => o.Id.Bits));
        context.SameTextGroups = [];
        return (clusters, leftOut);
    }

    /// <summary>The clusters of memories that say the same but for case, spacing, punctuation and articles, are of one kind and, as events, of one time.</summary>
    internal static IEnumerable<Cluster> SameText(PairJudge judge, IEnumerable<MemoryRecord> memories)
    {
        foreach (var group in memories
            .Where(static m => m.State == MemoryState.Active)
            .GroupBy(static m => (Folding.Statement(m.Content), m.Kind, m.Kind == MemoryKind.Event ? m.OccurredAt : null))
            .Where(group => !judge.IsSeparate(Folding.Hash(group.Key.Item1))))
        {
            var left = Wording.BestFirst(group, static m => m.Content).Select(static m => (m.Id, Writing: Writing.Of(m.Content))).ToList();
            while (left.Count > 1)
            {
                // What folding leaves out may matter: equal folded texts only propose.
                var (best, writing) = left[0];
                var others = left.Skip(1).Where(m => writing.Differs(m.Writing) is null).ToList();
                if (others.Count > 0)
                {
                    yield return new Cluster(best, [.. others.Select(static o => new ClusterMember(o.Id, "the same statement but for case, spacing, punctuation or articles", true))], []);
                }

                left = [.. left.Skip(1).Except(others)];
            }
        }
    }

    private static async Task JudgeAsync(RunContext context, ClusterGrowth growth, CandidatePair[] pairs, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var batch in pairs.Chunk(JudgedAtOnce))
        {
            context.Progress(pairs.Length + done, 2 * pairs.Length);
            done += batch.Length;
            var read = await context.Judge.ReadAsync(context.Store, context.Namespace, [.. batch.SelectMany(static p => new[] { p.One, p.Other })], cancellationToken);
            foreach (var pair in batch)
            {
                // The sentences of two long memories are many pairs, each of which may take milliseconds.
                cancellationToken.ThrowIfCancellationRequested();
                if (read.TryGetValue(pair.One, out var one) && read.TryGetValue(pair.Other, out var other)
                    && one.Record.State == MemoryState.Active && other.Record.State == MemoryState.Active
                    && !context.HasEnded(pair.One.Bits) && !context.HasEnded(pair.Other.Bits))
                {
                    Take(context, growth, one, other, context.Judge.Decide(one, other));
                }
            }
        }
    }

    private static void Take(RunContext context, ClusterGrowth growth, JudgedMemory one, JudgedMemory other, PairVerdict verdict)
    {
        switch (verdict.Relation)
        {
            case PairRelation.Duplicate or PairRelation.Contains:
                growth.Add(one.Record.Id, other.Record.Id, verdict);
                break;
            case PairRelation.Contradicts when CanContradict(one.Record, other.Record, verdict):
                context.Contradictions.Add(new Contradiction(one.Record.Id, other.Record.Id, verdict));
                break;
        }
    }

    // What happened at one time says nothing against what happened at another; but an event may end a state: somebody moved.
    private static bool CanContradict(MemoryRecord one, MemoryRecord other, PairVerdict verdict) =>
        (one.Kind != MemoryKind.Event && other.Kind != MemoryKind.Event) || verdict.Order != PairOrder.Neither
        || (one.Kind == other.Kind && one.OccurredAt is not null && one.OccurredAt == other.OccurredAt);

    private static async Task<List<Cluster>> ClustersAsync(RunContext context, ClusterGrowth growth, CancellationToken cancellationToken)
    {
        var clusters = new List<Cluster>();
        foreach (var component in growth.Components())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await context.Judge.ReadAsync(context.Store, context.Namespace, component, cancellationToken);
            clusters.AddRange(growth.Clusters([.. read.Values.OrderBy(static m => m.Record.CreatedAt).ThenBy(m => context.PlaceOf(m.Record.Id))]));
        }

        return clusters;
    }
}
