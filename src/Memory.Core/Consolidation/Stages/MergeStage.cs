using Memory.Core.Confidence;
using Memory.Core.Consolidation.Clusters;
using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Merges each cluster into the best-worded of its members, one cluster a unit. No text is changed or invented: the others keep theirs
/// and point to it; it takes over their tags, the highest importance and the latest time, and their evidence counts for it through lineage.
/// Where others add information, a new memory says both, and all point to that.
/// </summary>
internal sealed class MergeStage : IConsolidationStage
{
    public string Name => "merge";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var merged = new HashSet<MemoryId>();
        for (var i = 0; i < context.Clusters.Count; i++)
        {
            context.Progress(i, context.Clusters.Count);
            var cluster = context.Clusters[i];
            var wording = await WordAsync(context, cluster, cancellationToken);
            // Of many copies of one text any number may go; of what is judged to be the same as many as one run may change.
            foreach (var others in cluster.Others.Chunk(cluster.IsSameText ? context.Options.MergeSize : Math.Clamp(context.StateChanges.Allowance, 1, context.Options.MergeSize)))
            {
                var unit = await context.UnitAsync(view => Plan(context, view, cluster, others, wording), cancellationToken);
                merged.UnionWith(unit?.Changes.Where(static c => c.MergedInto is not null).Select(static c => c.Id) ?? []);
                merged.UnionWith(unit?.Changes.Where(static c => c.IsNew).Select(static c => c.Id) ?? []);
            }
        }

        context.LookAgain(merged);
    }

    // Only where sentences would be put one after the other; and before the transaction, in which nobody waits for a language model.
    private static async Task<string?> WordAsync(RunContext context, Cluster cluster, CancellationToken cancellationToken)
    {
        if (cluster.Added.Count == 0 || cluster.Others.Count > context.Options.MergeSize)
        {
            return null;
        }

        MemoryId[] ids = [cluster.Best, .. cluster.Others.Select(static o => o.Id)];
        var memories = await context.Store.ReadAsync(context.Namespace, reader => new PlannedView(reader, context.Planned).FindMany(ids), cancellationToken);
        return await context.LanguageModel.WordAsync(memories, cancellationToken);
    }

    private static PlannedUnit? Plan(RunContext context, PlannedView view, Cluster cluster, ClusterMember[] others, string? wording)
    {
        // Between scan and now a client may have changed any of them.
        if (view.Find(cluster.Best) is not { State: MemoryState.Active } best)
        {
            return null;
        }

        var reasons = others.ToDictionary(static o => o.Id);
        var tags = best.Tags.ToHashSet(StringComparer.Ordinal);
        var members = new List<MemoryRecord>();
        foreach (var other in view.FindMany([.. reasons.Keys]).Where(m => m.State == MemoryState.Active && Fits(best, m)))
        {
            // What has more tags together than one may have stays apart.
            if (tags.Union(other.Tags, StringComparer.Ordinal).Count() <= MemoryRecord.MaxTags)
            {
                tags.UnionWith(other.Tags);
                members.Add(other);
            }
            else
            {
                context.LeftForTags.Add(other.Id);
            }
        }

        if (members.Count == 0)
        {
            return null;
        }

        MemoryRecord[] all = [best, .. members];
        var evidence = view.EvidenceOf([.. all.Select(static m => m.Id)]).Values.SelectMany(static e => e).OrderBy(static e => e.At).ToList();
        var united = best with
        {
            Tags = [.. tags.Order(StringComparer.Ordinal)],
            Importance = all.Max(static m => m.Importance),
            Confidence = ConfidenceCalculation.Of(evidence, best.Kind, context.Now, context.Confidence).Value,
            ConfidenceAt = context.Now,
            UpdatedAt = all.Max(static m => m.UpdatedAt),
        };
        // Only what those that are merged add: the others may have been changed since, or have too many tags.
        var added = cluster.Added.Where(a => members.Exists(m => m.Id == a.Of)).Select(static a => a.Text).ToList();
        return added.Count > 0
            ? Made(context, (members.Count == cluster.Others.Count ? wording : null) ?? AddedSentences.Text(best.Content, added), all, united, reasons)
            : new PlannedUnit(UnitKind.Merge,
            [
                .. members.Select(m => new PlannedChange(m, m with { State = MemoryState.Merged }, Words(best.Id, reasons[m.Id])) { MergedInto = best.Id }),
                new PlannedChange(best, united, $"holds what {members.Count} others said too"),
            ])
            { IsJudged = !cluster.IsSameText };
    }

    // A memory of its own, as new content always is: made of what all say, with lineage from all.
    private static PlannedUnit Made(RunContext context, string text, MemoryRecord[] all, MemoryRecord united, Dictionary<MemoryId, ClusterMember> reasons)
    {
        var best = all[0];
        var made = united with
        {
            Id = context.NewId(),
            Content = text,
            CreatedAt = context.Now,
            UpdatedAt = context.Now,
            OccurredAt = best.Kind == MemoryKind.Event ? best.OccurredAt : all.Max(static m => m.When),
        };
        return new PlannedUnit(UnitKind.Merge,
        [
            new PlannedChange(made, made, $"says what {all.Length} others said") { IsNew = true },
            .. all.Select(m => new PlannedChange(m, m with { State = MemoryState.Merged },
                m.Id == best.Id ? $"what it says stands in {made.Id}, with what others add" : Words(made.Id, reasons[m.Id])) { MergedInto = made.Id }),
        ]);
    }

    private static bool Fits(MemoryRecord best, MemoryRecord other) =>
        other.Kind == best.Kind && (best.Kind != MemoryKind.Event || other.OccurredAt == best.OccurredAt);

    private static string Words(MemoryId into, ClusterMember member) => $"merged into {into}: {member.Reason}";
}
