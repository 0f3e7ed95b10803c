using Memory.Core.Confidence;
using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Consolidation.Stages;

/// <summary>Moves what has faded (long unused, hardly believed, not important) out of recall's default scope. Nothing is deleted.</summary>
internal sealed class ArchiveStage : IConsolidationStage
{
    public string Name => "archive";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var before = (context.Now - context.Options.ArchiveAfter).ToUnixTimeMilliseconds();
        var looked = context.Active.Where(m => m.UpdatedAt <= before && m.Importance < context.Options.ArchiveImportance).Select(static m => m.Id).ToList();
        var done = 0;
        var archived = new HashSet<MemoryId>();
        foreach (var batch in looked.Chunk(context.Options.BatchSize))
        {
            context.Progress(done, looked.Count);
            done += batch.Length;
            if (await context.Store.ReadAsync(context.Namespace, reader => Plan(context, new PlannedView(reader, context.Planned), batch), cancellationToken) is not null)
            {
                var unit = await context.UnitAsync(view => Plan(context, view, batch), cancellationToken);
                archived.UnionWith(unit?.Changes.Select(static c => c.Id) ?? []);
            }
        }

        context.LookAgain(archived);
    }

    private static PlannedUnit? Plan(RunContext context, PlannedView view, MemoryId[] batch)
    {
        var options = context.Options;
        var uses = view.Reader.RecallUses(batch);
        var ledgers = view.EvidenceOf(batch);
        var changes = new List<PlannedChange>();
        foreach (var memory in view.FindMany(batch))
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

        return changes.Count == 0 ? null : new PlannedUnit(UnitKind.Archive, changes);
    }
}
