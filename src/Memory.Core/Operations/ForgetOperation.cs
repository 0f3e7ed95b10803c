using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Erases memories with everything they replaced, so that no earlier version keeps what was to be forgotten.</summary>
internal static class ForgetOperation
{
    /// <summary>The most memories that one query may forget.</summary>
    public const int MaxMatches = 50;

    private static readonly MemoryFilter Whole = new() { States = [MemoryState.Active, MemoryState.Archived, MemoryState.Superseded] };

    /// <summary>The memories that hold every word of the query.</summary>
    public static MemoryRecord[] Matches(IMemoryReader reader, string query) =>
        [.. reader.Search(LexicalQuery.Parse(query), Whole, MaxMatches, TermMatch.All).Select(static m => m.Memory)];

    /// <summary>Runs inside the write transaction.</summary>
    /// <returns>The ids erased: the memories and their ancestors.</returns>
    public static Outcome<IReadOnlyList<MemoryId>> Erase(IMemoryWriter writer, IReadOnlyCollection<MemoryId> ids)
    {
        var erased = new HashSet<MemoryId>();
        foreach (var id in ids)
        {
            if (writer.Find(id) is not { } memory)
            {
                return Problem.UnknownMemory(id, writer.Namespace);
            }

            // The content of a merged memory lives on in another: erasing only this one would be forgetting in name.
            if (memory.State is MemoryState.Merged or MemoryState.Forgotten && Replaced.Refuse(writer, memory, "forgotten") is { } problem)
            {
                return problem;
            }

            erased.UnionWith(writer.Ancestors(id).Where(static m => m.State != MemoryState.Forgotten).Select(static m => m.Id).Prepend(id));
        }

        foreach (var id in erased)
        {
            writer.Erase(id);
        }

        return erased.ToArray();
    }
}
