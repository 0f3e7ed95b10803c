using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What a query would forget.</summary>
/// <param name="Memories">The memories that hold every word of the query, up to 50, best match first; instead of one that was merged, the one on which it lives on.</param>
/// <param name="EarlierVersions">What would be erased with them: the memories they replaced or were merged from.</param>
/// <param name="HasMore">Whether there are more that hold every word.</param>
public sealed record ForgetPreview(IReadOnlyList<MemoryRecord> Memories, IReadOnlyList<MemoryRecord> EarlierVersions, bool HasMore);

/// <summary>What was erased.</summary>
/// <param name="Ids">The memories and their earlier versions.</param>
/// <param name="TracesRemain">Why bytes of them may still be in the store's files for now, or <see langword="null"/> when none are.</param>
public sealed record ForgottenMemories(IReadOnlyList<MemoryId> Ids, string? TracesRemain);

/// <summary>Erases memories with everything they replaced, so that no earlier version keeps what was to be forgotten.</summary>
internal static class ForgetOperation
{
    /// <summary>The most memories that one query may forget.</summary>
    public const int MaxMatches = 50;

    private static readonly MemoryFilter Whole = new() { States = [MemoryState.Active, MemoryState.Archived, MemoryState.Superseded, MemoryState.Merged] };

    /// <summary>What <see cref="Erase"/> of everything that holds every word of the query would erase.</summary>
    public static ForgetPreview Preview(IMemoryReader reader, string query)
    {
        var found = reader.Search(LexicalQuery.Parse(query), Whole, MaxMatches + 1, TermMatch.All).Select(static m => m.Memory).ToList();
        // The one that was merged cannot be forgotten alone.
        MemoryRecord[] shown = [.. found.Take(MaxMatches).Select(m => Lineage.Survivor(reader, m)).DistinctBy(static m => m.Id)];
        var ids = shown.Select(static m => m.Id).ToHashSet();
        return new ForgetPreview(
            shown,
            [.. shown.SelectMany(m => reader.Ancestors(m.Id)).Where(m => m.State != MemoryState.Forgotten && !ids.Contains(m.Id)).DistinctBy(static m => m.Id)],
            found.Count > MaxMatches);
    }

    /// <summary>Runs inside the write transaction.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="expects">Whether each is still what the caller has seen.</param>
    /// <param name="shown">Everything that the caller has seen; <see langword="null"/> when that does not matter.</param>
    /// <returns>The ids erased: the memories and their ancestors.</returns>
    public static Outcome<IReadOnlyList<MemoryId>> Erase(IMemoryWriter writer, IReadOnlyCollection<MemoryId> ids, Func<MemoryRecord, bool>? expects, IReadOnlySet<MemoryId>? shown)
    {
        var erased = new HashSet<MemoryId>();
        foreach (var id in ids)
        {
            if (writer.Find(id) is not { } memory)
            {
                return Problem.UnknownMemory(id, writer.Namespace);
            }

            if (expects?.Invoke(memory) == false)
            {
                return Problem.ChangedMemory(id);
            }

            // The content of a merged memory lives on in another: erasing only this one would be forgetting in name.
            if (memory.State == MemoryState.Merged && Replaced.Refuse(writer, memory, "forgotten") is { } problem)
            {
                return problem;
            }

            MemoryId[] ancestors = [.. writer.Ancestors(id).Where(static m => m.State != MemoryState.Forgotten).Select(static m => m.Id)];
            if (shown is not null && ancestors.Any(a => !shown.Contains(a)))
            {
                return new Problem(ProblemCode.Conflict, $"Memory '{id}' has taken in others since it was shown. Nothing was forgotten; look at what would be first.");
            }

            erased.Add(id);
            erased.UnionWith(ancestors);
        }

        foreach (var id in erased.Where(id => writer.Find(id) is { State: not MemoryState.Forgotten }))
        {
            writer.Erase(id);
        }

        return erased.ToArray();
    }
}
