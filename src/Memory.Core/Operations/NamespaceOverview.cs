using Memory.Core.Memories;

namespace Memory.Core.Operations;

/// <summary>What a namespace holds, at a glance.</summary>
/// <param name="Status">Counts and the last consolidation.</param>
/// <param name="MostActive">For each kind that has active memories, those most in use, most active first.</param>
/// <param name="Tags">The tags most used, most used first.</param>
public sealed record NamespaceOverview(
    NamespaceStatus Status,
    IReadOnlyDictionary<MemoryKind, IReadOnlyList<MemoryRecord>> MostActive,
    IReadOnlyList<string> Tags);
