using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Tests that remembered recalls still find what they found, or what it became. A unit of this run that took an answer away is put back.
/// (What can be checked of one unit alone is checked before that unit is committed.)
/// </summary>
internal sealed class VerifyStage : IConsolidationStage
{
    public string Name => "verify";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        if (context.DryRun || context.Options.TestedQueries == 0 || context.ChangedIn.Count == 0)
        {
            return;
        }

        var queries = await context.Store.ReadAsync(context.Namespace, reader => reader.RememberedQueries(context.Options.TestedQueries), cancellationToken);
        var tested = queries.Where(q => context.Now - q.At <= context.Options.TestedQueryAge).ToList();
        var changed = tested.Count == 0 ? [] : context.ChangedIn.Keys.ToDictionary(static id => Folding.Hash(id.Value));
        for (var i = 0; i < tested.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Progress(i, tested.Count);
            foreach (var lost in await context.Recalls.LostAsync(context.Store, context.Namespace, tested[i], changed, context.Now, cancellationToken))
            {
                // A unit that was put back for one answer took the others away too.
                if (context.ChangedIn.TryGetValue(lost, out var unit))
                {
                    await context.PutBackAsync(unit, $"a recall that found {lost} finds neither it nor what it became", cancellationToken);
                }
            }
        }
    }
}
