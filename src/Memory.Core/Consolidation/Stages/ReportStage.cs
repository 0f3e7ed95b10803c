namespace Memory.Core.Consolidation.Stages;

/// <summary>Puts what the owner has to decide into words.</summary>
internal sealed class ReportStage : IConsolidationStage
{
    public string Name => "report";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken) =>
        context.Contested = await context.Store.ReadAsync(
            context.Namespace,
            reader =>
            {
                var marks = reader.ContestedPairs(context.Options.ReportedChanges);
                var records = reader.FindMany([.. marks.SelectMany(static m => new[] { m.First, m.Second })]).ToDictionary(static m => m.Id);
                return (IReadOnlyList<string>)[.. context.PlannedContests, .. marks.Select(m => ChangeWords.Contested(records[m.First], records[m.Second]))];
            },
            cancellationToken);
}
