using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Candidates;

/// <summary>Two memories that may have to do with each other.</summary>
/// <param name="One">One of them.</param>
/// <param name="Other">The other one.</param>
/// <param name="Likeness">How alike they look, 0 to 1.</param>
/// <param name="Place">Where the first lies among the vectors: pairs of one place share memories.</param>
internal readonly record struct CandidatePair(MemoryId One, MemoryId Other, float Likeness, int Place);
