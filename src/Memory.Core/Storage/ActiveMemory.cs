using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>What a scan of all active memories needs of one of them. Times are milliseconds since 1970-01-01 UTC.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Kind">What sort of statement it is.</param>
/// <param name="Importance">How much it matters, in [0, 1].</param>
/// <param name="Confidence">How probable it was at <paramref name="ConfidenceAt"/>, in [0, 1].</param>
/// <param name="ConfidenceAt">For when its confidence was calculated.</param>
/// <param name="UpdatedAt">When its row last changed.</param>
/// <param name="Sequence">The place of its last change in the order of changes.</param>
public readonly record struct ActiveMemory(
    MemoryId Id, MemoryKind Kind, double Importance, double Confidence, long ConfidenceAt, long UpdatedAt, long Sequence);
