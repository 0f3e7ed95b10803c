namespace Memory.Core.Consolidation.Stages;

/// <summary>Finds what to look at: the active memories, those of them that changed since the last completed run, and groups that may say the same.</summary>
internal sealed class ScanStage : IConsolidationStage
{
    public string Name => "scan";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        await context.CompleteAsync(cancellationToken);
        (context.Active, context.SameTextGroups) = await context.Store.ReadAsync(
            context.Namespace,
            reader => (reader.ActiveMemories(), reader.SameStatementGroups(context.AfterSequence)),
            cancellationToken);
        context.AddPlaces(context.Active.Select(static m => m.Id));
        context.MemoriesToPair = [.. context.Active.Where(m => m.Sequence > context.AfterSequence).Select(static m => m.Id)];
        context.StateChanges = new StateChangeLimit(context.Active.Count, context.Options, context.Force);
    }
}
