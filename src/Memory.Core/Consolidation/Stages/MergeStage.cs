using System.Text;
using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Merges each cluster into the best-worded of its members, one cluster a unit. No text is changed or invented: the others keep theirs
/// and point to it. It takes over their tags and the highest importance, and their evidence counts for it through lineage.
/// </summary>
internal sealed class MergeStage : IConsolidationStage
{
    public string Name => "merge";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < context.Clusters.Count; i++)
        {
            context.Progress(i, context.Clusters.Count);
            await context.UnitAsync(reader => Plan(context, reader, context.Clusters[i]), Count, cancellationToken);
        }
    }

    private static RunCounts Count(RunCounts counts, IReadOnlyList<PlannedChange> changes) =>
        counts with { Merged = counts.Merged + changes.Count(static c => c.MergedInto is not null) };

    private static List<PlannedChange> Plan(RunContext context, IMemoryReader reader, IReadOnlyList<MemoryId> cluster)
    {
        // Between scan and now a client may have changed any of them.
        if (DeduplicateStage.Clusters(reader.FindMany(cluster)).FirstOrDefault() is not { } same)
        {
            return [];
        }

        var members = reader.FindMany(same);
        var best = Best(members);
        var others = members.Where(m => m.Id != best.Id).ToList();
        var tags = members.SelectMany(static m => m.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (tags.Count > MemoryRecord.MaxTags)
        {
            return [];
        }

        var evidence = reader.EvidenceOf(same).Values.SelectMany(static e => e).OrderBy(static e => e.At).ToList();
        var confidence = ConfidenceCalculation.Of(evidence, best.Kind, context.Now, context.Confidence).Value;
        var merged = best with
        {
            Tags = tags,
            Importance = members.Max(static m => m.Importance),
            Confidence = confidence,
            ConfidenceAt = context.Now,
        };
        context.Tell(ChangeWeight.Merged, FormattableString.Invariant(
            $"merged {others.Count} into {best.Id} '{RunContext.Excerpt(best)}': the same statement but for case, spacing, punctuation or articles; confidence {best.Confidence:0.00} -> {confidence:0.00}"));
        return
        [
            .. others.Select(m => new PlannedChange(m, m with { State = MemoryState.Merged },
                $"says the same as {best.Id} but for case, spacing, punctuation or articles", best.Id)),
            new PlannedChange(best, merged, $"holds what {others.Count} others said too"),
        ];
    }

    // A sentence in plain characters that ends as one, is not shouted and has its articles reads best; then the one stored first, as they come in that order.
    private static MemoryRecord Best(IReadOnlyList<MemoryRecord> members) => members
        .OrderByDescending(static m => m.Content.IsNormalized(NormalizationForm.FormKC))
        .ThenByDescending(static m => m.Content.TrimEnd() is [.., '.' or '!' or '。'])
        .ThenBy(static m => m.Content.All(static c => !char.IsLower(c)))
        .ThenByDescending(static m => char.IsUpper(m.Content.TrimStart()[0]))
        .ThenByDescending(static m => m.Content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length)
        .First();
}
