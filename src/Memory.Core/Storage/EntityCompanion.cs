using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Two memories that speak of one named thing of which few others speak.</summary>
/// <param name="Of">The memory that was asked about.</param>
/// <param name="Other">The other one.</param>
/// <param name="Mentions">How many memories speak of the thing, these two included; of several things the least.</param>
public readonly record struct EntityCompanion(MemoryId Of, MemoryId Other, int Mentions);
