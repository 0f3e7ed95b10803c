using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Stages;

/// <summary>Recalculates the confidence of every active memory from its evidence and the time, and writes down those that moved.</summary>
internal sealed class ConfidenceStage : IConsolidationStage
{
    public string Name => "confidence";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var batch in context.Examined.Chunk(context.Options.BatchSize))
        {
            context.Progress(done, context.Examined.Count);
            done += batch.Length;

            // Most memories have not moved: look first, and take the write lock only for a batch of which one has.
            if (await context.Store.ReadAsync(context.Namespace, reader => Plan(context, reader, batch).Count, cancellationToken) > 0)
            {
                await context.UnitAsync(reader => Tell(context, Plan(context, reader, batch)), Count, cancellationToken);
            }
        }
    }

    private static RunCounts Count(RunCounts counts, IReadOnlyList<PlannedChange> changes) =>
        counts with { Rescored = counts.Rescored + changes.Count };

    private static List<PlannedChange> Tell(RunContext context, List<PlannedChange> changes)
    {
        foreach (var change in changes)
        {
            context.Tell(ChangeWeight.Rescored, $"rescored {change.Before.Id} '{RunContext.Excerpt(change.Before)}': {change.Reason}");
        }

        return changes;
    }

    private static List<PlannedChange> Plan(RunContext context, IMemoryReader reader, MemoryId[] batch)
    {
        var ledgers = reader.EvidenceOf(batch);
        var changes = new List<PlannedChange>();
        foreach (var memory in reader.FindMany(batch))
        {
            if (memory.State != MemoryState.Active || context.IsChanged(memory.Id))
            {
                continue;
            }

            var confidence = ConfidenceCalculation.Of(ledgers[memory.Id], memory.Kind, context.Now, context.Confidence).Value;
            if (Math.Abs(confidence - memory.Confidence) >= context.Options.ConfidenceStep)
            {
                changes.Add(new PlannedChange(
                    memory,
                    memory with { Confidence = confidence, ConfidenceAt = context.Now },
                    FormattableString.Invariant($"confidence {memory.Confidence:0.00} -> {confidence:0.00} from its evidence as of {context.Now:yyyy-MM-dd}")));
            }
        }

        return changes;
    }
}
