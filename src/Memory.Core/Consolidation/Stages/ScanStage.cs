namespace Memory.Core.Consolidation.Stages;

/// <summary>Finds what to look at: the active memories, and groups of them that may say the same.</summary>
internal sealed class ScanStage : IConsolidationStage
{
    public string Name => "scan";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken) =>
        (context.Examined, context.Candidates) = await context.Store.ReadAsync(
            context.Namespace,
            reader => (reader.ActiveIds(), reader.SameStatementGroups(context.AfterSequence)),
            cancellationToken);
}
