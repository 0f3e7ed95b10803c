using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Puts what a unit changed into words, with an excerpt of the content. They are made when they are read and stored nowhere: forgetting reaches them.</summary>
internal static class ChangeWords
{
    private const int ExcerptLength = 60;

    /// <summary>The sentences for one unit, made one by one as they are asked for.</summary>
    /// <param name="unit">What the unit changed.</param>
    /// <param name="find">Finds a memory as it is now.</param>
    public static IEnumerable<string> Of(IReadOnlyList<JournalEntry> unit, Func<MemoryId, MemoryRecord?> find)
    {
        if (unit.Where(static e => e.After.MergedInto is not null).ToList() is { Count: > 0 } merged)
        {
            yield return Merged(merged, unit, find);
            yield break;
        }

        if (unit.FirstOrDefault(static e => e.After.ContestedWith is not null) is { } contested)
        {
            yield return $"contested {contested.Memory} {Quoted(find, contested.Memory)} and {contested.After.ContestedWith} {Quoted(find, MemoryId.FromStore(contested.After.ContestedWith!))}: {Tail(contested.Reason)}";
            yield break;
        }

        foreach (var entry in unit)
        {
            var done = entry.After.SupersededBy is not null ? "superseded" : entry.After.State == MemoryState.Archived ? "archived" : "rescored";
            var by = entry.After.SupersededBy is { } other ? $" by {other} {Quoted(find, MemoryId.FromStore(other))}" : "";
            yield return $"{done} {entry.Memory} {Quoted(find, entry.Memory)}{by}: {(by.Length > 0 ? Tail(entry.Reason) : entry.Reason)}";
        }
    }

    /// <summary>The sentence for two memories of which the owner has to decide.</summary>
    public static string Contested(MemoryRecord one, MemoryRecord other) => FormattableString.Invariant(
        $"{one.Id} '{Excerpt(one)}' ({Names.Of(one.Kind)}, confidence {one.Confidence:0.00}, from {one.Source}) or {other.Id} '{Excerpt(other)}' (confidence {other.Confidence:0.00}, from {other.Source})?");

    /// <summary>A few words of a memory's content.</summary>
    public static string Excerpt(MemoryRecord memory)
    {
        var line = memory.Content.ReplaceLineEndings(" ");
        if (line.Length <= ExcerptLength)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength;
        return string.Concat(line.AsSpan(0, cut).TrimEnd(), "…");
    }

    private static string Merged(List<JournalEntry> merged, IReadOnlyList<JournalEntry> unit, Func<MemoryId, MemoryRecord?> find)
    {
        var into = MemoryId.FromStore(merged[0].After.MergedInto!);
        var made = unit.Any(static e => e.After.IsNew is true);
        var confidence = unit.FirstOrDefault(e => e.Memory == into) is { Before.Confidence: { } before, After.Confidence: { } after }
            ? FormattableString.Invariant($"; confidence {before:0.00} -> {after:0.00}")
            : "";
        var reasons = merged.Select(static e => Tail(e.Reason)).Distinct().Take(2);
        return $"merged {merged.Count} into {(made ? "the new " : "")}{into} {Quoted(find, into)}: because {string.Join(", ", reasons)}{confidence}";
    }

    private static string Quoted(Func<MemoryId, MemoryRecord?> find, MemoryId id) => find(id) switch
    {
        null or { State: MemoryState.Forgotten } => "(forgotten since)",
        var memory => $"'{Excerpt(memory)}'",
    };

    // The ids before the first colon or comma are in the sentence already.
    private static string Tail(string reason) => reason.IndexOfAny([':', ',']) is >= 0 and var mark ? reason[(mark + 1)..].Trim() : reason;
}
