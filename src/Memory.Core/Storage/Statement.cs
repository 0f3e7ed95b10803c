using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>A memory's statement and nothing else of it, where reading the rest would be waste.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Content">What it says.</param>
public readonly record struct Statement(MemoryId Id, string Content);
