using Memory.Core.Confidence;
using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Stages;

/// <summary>Recalculates the confidence of active memories from their evidence and the time, and writes down those that moved.</summary>
internal sealed class ConfidenceStage : IConsolidationStage
{
    public string Name => "confidence";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var looked = context.Active.Where(m => context.AfterSequence == 0 || m.Sequence > context.AfterSequence || MayHaveMoved(context, m)).Select(static m => m.Id).ToList();
        var done = 0;
        foreach (var batch in looked.Chunk(context.Options.BatchSize))
        {
            context.Progress(done, looked.Count);
            done += batch.Length;

            // Most memories have not moved: look first, and take the write lock only for a batch of which one has.
            if (await context.Store.ReadAsync(context.Namespace, reader => Plan(context, new PlannedView(reader, context.Planned), batch), cancellationToken) is not null)
            {
                await context.UnitAsync(view => Plan(context, view, batch), cancellationToken);
            }
        }
    }

    // All evidence fades at one pace, so a confidence tells what time makes of it; but not of what stands at the bound.
    private static bool MayHaveMoved(RunContext context, ActiveMemory memory)
    {
        var age = context.Now - DateTimeOffset.FromUnixTimeMilliseconds(memory.ConfidenceAt);
        if (age <= TimeSpan.Zero)
        {
            return age < TimeSpan.Zero;
        }

        var logOdds = Math.Log(memory.Confidence / (1 - memory.Confidence)) - context.Confidence.Prior;
        var faded = context.Confidence.Prior + (logOdds * Math.Pow(2, -(age / context.Confidence.HalfLife(memory.Kind))));
        return Math.Abs(memory.Confidence - (1 / (1 + Math.Exp(-faded)))) >= context.Options.ConfidenceStep / 2
            || Math.Abs(logOdds + context.Confidence.Prior) >= context.Confidence.Bound - 1e-6;
    }

    private static PlannedUnit? Plan(RunContext context, PlannedView view, MemoryId[] batch)
    {
        var ledgers = view.EvidenceOf(batch);
        var changes = new List<PlannedChange>();
        foreach (var memory in view.FindMany(batch))
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

        return changes.Count == 0 ? null : new PlannedUnit(UnitKind.Rescore, changes);
    }
}
