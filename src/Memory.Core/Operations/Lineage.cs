using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Follows lineage forward: from a memory to the one that stands for it today.</summary>
internal static class Lineage
{
    /// <summary>The memory on which a merged one lives on; itself when it was not merged, or when lineage leads nowhere, as in a damaged file.</summary>
    public static MemoryRecord Survivor(IMemoryReader reader, MemoryRecord memory)
    {
        var seen = new HashSet<MemoryId> { memory.Id };
        while (memory.State == MemoryState.Merged
            && reader.LinksOf([memory.Id]).FirstOrDefault(l => l.From == memory.Id && l.Kind == LinkKind.MergedInto) is { } link
            && seen.Add(link.To) && reader.Find(link.To) is { } next)
        {
            memory = next;
        }

        return memory;
    }
}
