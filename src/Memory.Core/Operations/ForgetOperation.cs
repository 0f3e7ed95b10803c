using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>What a query would forget.</summary>
/// <param name="Memories">The memories that hold every word of the query, up to 50, best match first; instead of one that was merged, the one on which it lives on.</param>
/// <param name="EarlierVersions">What would be erased with them: what updates replaced by them, and what was merged into them.</param>
/// <param name="HasMore">Whether there are more that hold every word.</param>
public sealed record ForgetPreview(IReadOnlyList<MemoryRecord> Memories, IReadOnlyList<MemoryRecord> EarlierVersions, bool HasMore);

/// <summary>What was erased.</summary>
/// <param name="Ids">The memories and their earlier versions.</param>
/// <param name="Reinstated">Other statements that consolidation had superseded by one of them: they are again what they were before.</param>
/// <param name="TracesRemain">Why bytes of them may still be in the store's files for now, or <see langword="null"/> when none are.</param>
public sealed record ForgottenMemories(IReadOnlyList<MemoryId> Ids, IReadOnlyList<MemoryId> Reinstated, string? TracesRemain);

/// <summary>Erases memories with everything of which the content lives in them, so that no earlier version keeps what was to be forgotten.</summary>
internal sealed class ForgetOperation(ConfidenceOptions confidence)
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
            [.. shown.SelectMany(m => ForgottenWith.Of(reader, m.Id)).Where(m => !ids.Contains(m.Id)).DistinctBy(static m => m.Id)],
            found.Count > MaxMatches);
    }

    /// <summary>Runs inside the write transaction.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="expects">Whether each is still what the caller has seen.</param>
    /// <param name="shown">Everything that the caller has seen; <see langword="null"/> when that does not matter.</param>
    /// <param name="now">The time.</param>
    /// <returns>What was erased: the memories and what goes with them; and what was reinstated.</returns>
    public Outcome<ForgottenMemories> Erase(
        IMemoryWriter writer, IReadOnlyCollection<MemoryId> ids, Func<MemoryRecord, bool>? expects, IReadOnlySet<MemoryId>? shown, DateTimeOffset now)
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

            MemoryId[] versions = [.. ForgottenWith.Of(writer, id).Select(static m => m.Id)];
            if (shown is not null && versions.Any(a => !shown.Contains(a)))
            {
                return new Problem(ProblemCode.Conflict, $"Memory '{id}' has taken in others since it was shown. Nothing was forgotten; look at what would be first.");
            }

            erased.Add(id);
            erased.UnionWith(versions);
        }

        var reinstated = new Reinstatement(confidence).TakeBack(writer, erased, now);
        writer.Erase([.. erased.Where(id => writer.Find(id) is { State: not MemoryState.Forgotten })]);

        return new ForgottenMemories([.. erased], reinstated, TracesRemain: null);
    }
}
