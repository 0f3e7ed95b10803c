using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Refuses to change a memory that another has replaced, and names the other.</summary>
internal static class Replaced
{
    public static Problem? Refuse(IMemoryReader reader, MemoryRecord memory, string done)
    {
        if (memory.State == MemoryState.Forgotten)
        {
            return new Problem(ProblemCode.Conflict, $"Memory '{memory.Id}' was forgotten and cannot be {done}. Store the statement anew.");
        }

        if (memory.State is not (MemoryState.Merged or MemoryState.Superseded))
        {
            return null;
        }

        var by = reader.LinksOf([memory.Id]).LastOrDefault(l => l.From == memory.Id);
        return new Problem(ProblemCode.Conflict, by is null
            ? $"Memory '{memory.Id}' is {Names.Of(memory.State)} and cannot be {done}."
            : $"Memory '{memory.Id}' was {(memory.State == MemoryState.Merged ? "merged into" : "superseded by")} '{by.To}' and cannot be {done}. Use '{by.To}' instead.");
    }
}
