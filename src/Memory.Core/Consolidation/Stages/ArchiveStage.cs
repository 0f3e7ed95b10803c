using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Stages;

/// <summary>Moves what has faded (long unused, hardly believed, not important) out of recall's default scope. Nothing is deleted.</summary>
internal sealed class ArchiveStage : IConsolidationStage
{
    public string Name => "archive";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var batch in context.Examined.Chunk(context.Options.BatchSize))
        {
            context.Progress(done, context.Examined.Count);
            done += batch.Length;
            if (await context.Store.ReadAsync(context.Namespace, reader => Plan(context, reader, batch).Count, cancellationToken) > 0)
            {
                await context.UnitAsync(reader => Tell(context, Plan(context, reader, batch)), Count, cancellationToken);
            }
        }
    }

    private static RunCounts Count(RunCounts counts, IReadOnlyList<PlannedChange> changes) =>
        counts with { Archived = counts.Archived + changes.Count };

    private static List<PlannedChange> Tell(RunContext context, List<PlannedChange> changes)
    {
        foreach (var change in changes)
        {
            context.Tell(ChangeWeight.Archived, $"archived {change.Before.Id} '{RunContext.Excerpt(change.Before)}': {change.Reason}");
        }

        return changes;
    }

    private static List<PlannedChange> Plan(RunContext context, IMemoryReader reader, MemoryId[] batch)
    {
        var options = context.Options;
        var uses = reader.RecallUses(batch);
        var ledgers = reader.EvidenceOf(batch);
        var changes = new List<PlannedChange>();
        foreach (var memory in reader.FindMany(batch).Select(context.Current))
        {
            var use = uses.GetValueOrDefault(memory.Id);
            var lastUse = use.LastAt > memory.UpdatedAt ? use.LastAt.Value : memory.UpdatedAt;
            if (memory.State != MemoryState.Active || memory.Importance >= options.ArchiveImportance || context.Now - lastUse < options.ArchiveAfter)
            {
                continue;
            }

            var activation = Activation.BaseLevel(memory.CreatedAt, use, context.Now);
            var confidence = context.IsChanged(memory.Id)
                ? memory.Confidence
                : ConfidenceCalculation.Of(ledgers[memory.Id], memory.Kind, context.Now, context.Confidence).Value;
            if (activation < options.ArchiveActivation && confidence < options.ArchiveConfidence)
            {
                changes.Add(new PlannedChange(memory, memory with { State = MemoryState.Archived }, FormattableString.Invariant(
                    $"unused for {(context.Now - lastUse).TotalDays:0} days, activation {activation:0.0}, confidence {confidence:0.00}")));
            }
        }

        return changes;
    }
}
