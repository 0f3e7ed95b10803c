using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Clusters;

/// <summary>Memories that become one.</summary>
/// <param name="Best">The best-worded, which says all that the others say but for <paramref name="Added"/>.</param>
/// <param name="Others">The others.</param>
/// <param name="Added">Sentences of the others that add information, in the order they shall follow.</param>
internal sealed record Cluster(MemoryId Best, IReadOnlyList<ClusterMember> Others, IReadOnlyList<AddedSentence> Added)
{
    /// <summary>Whether all say the same but for case, spacing, punctuation or articles.</summary>
    public bool IsSameText => Added.Count == 0 && Others.All(static o => o.IsSameText);
}

/// <summary>A sentence that one of the others adds.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Text">The sentence.</param>
internal readonly record struct AddedSentence(MemoryId Of, string Text);

/// <summary>A memory of a cluster that another stands for.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Reason">Why, in words without content.</param>
/// <param name="IsSameText">Whether it is the same text but for case, spacing, punctuation or articles.</param>
internal readonly record struct ClusterMember(MemoryId Id, string Reason, bool IsSameText);
