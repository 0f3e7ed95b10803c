using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>One memory with everything that is known of it.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Lineage">The links that begin or end at it.</param>
/// <param name="Replaced">The memories that it replaced, directly or through others, nearest first.</param>
/// <param name="Confidence">Its ledger and the arithmetic of its confidence.</param>
/// <param name="Use">How often and when last it was recalled.</param>
/// <param name="ContestedWith">Active memories that contradict it, of which neither is clearly better.</param>
public sealed record MemoryDetails(
    MemoryRecord Memory,
    IReadOnlyList<Link> Lineage,
    IReadOnlyList<MemoryRecord> Replaced,
    ConfidenceCalculation Confidence,
    RecallUse Use,
    IReadOnlyList<MemoryRecord> ContestedWith);
