using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>How many memories a namespace holds.</summary>
/// <param name="ByState">By state; a state without memories is absent.</param>
/// <param name="ActiveByKind">The active ones by kind; a kind without memories is absent.</param>
/// <param name="ConfidenceHistogram">The active ones by confidence: ten counts, [0, 0.1) to [0.9, 1].</param>
public sealed record StoreCounts(
    IReadOnlyDictionary<MemoryState, int> ByState,
    IReadOnlyDictionary<MemoryKind, int> ActiveByKind,
    IReadOnlyList<int> ConfidenceHistogram);
