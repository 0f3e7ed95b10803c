using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>The state of one namespace.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Counts">How many memories it holds.</param>
/// <param name="LastRun">Its latest consolidation run, or <see langword="null"/> when there was none.</param>
/// <param name="Embeddings">By what recall finds meaning in it.</param>
public sealed record NamespaceStatus(Namespace Namespace, StoreCounts Counts, Run? LastRun, EmbeddingStatus Embeddings)
{
    /// <summary>How often somebody corrected a judgement of pairs, by what was said.</summary>
    public IReadOnlyDictionary<PairMarkKind, int> Corrections { get; init; } = new Dictionary<PairMarkKind, int>();

    /// <summary>How many pairs of active memories contradict each other, up to 1,000, and wait for the owner's decision.</summary>
    public int Contested { get; init; }
}
