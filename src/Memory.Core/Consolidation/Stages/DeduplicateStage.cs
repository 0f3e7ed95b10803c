using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Stages;

/// <summary>
/// Decides which of the candidates say the same: equal texts after folding case, spacing, punctuation and articles, of one kind,
/// and, for events, of one time. Equal hashes alone decide nothing.
/// </summary>
internal sealed class DeduplicateStage : IConsolidationStage
{
    public string Name => "deduplicate";

    public async Task RunAsync(RunContext context, CancellationToken cancellationToken)
    {
        var clusters = new List<IReadOnlyList<MemoryId>>();
        foreach (var batch in context.Candidates.Chunk(context.Options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            clusters.AddRange(await context.Store.ReadAsync(
                context.Namespace,
                reader => batch.SelectMany(group => Clusters(reader.FindMany(group))).ToArray(),
                cancellationToken));
        }

        context.Clusters = clusters;
    }

    /// <summary>The groups of two or more that say the same, each in the order its members were stored.</summary>
    internal static IEnumerable<MemoryId[]> Clusters(IEnumerable<MemoryRecord> memories) => memories
        .Where(static m => m.State == MemoryState.Active)
        .GroupBy(static m => (Folding.Statement(m.Content), m.Kind, m.Kind == MemoryKind.Event ? m.OccurredAt : null))
        .Select(static g => g.Select(static m => m.Id).ToArray())
        .Where(static g => g.Length > 1);
}
