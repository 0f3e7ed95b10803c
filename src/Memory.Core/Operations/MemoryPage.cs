using Memory.Core.Memories;

namespace Memory.Core.Operations;

/// <summary>A page of a list, the last stored first.</summary>
/// <param name="Memories">The memories.</param>
/// <param name="Next">After which memory the next page begins; <see langword="null"/> when this is the last.</param>
public sealed record MemoryPage(IReadOnlyList<MemoryRecord> Memories, MemoryId? Next);
