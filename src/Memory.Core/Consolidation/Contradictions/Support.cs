using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Contradictions;

/// <summary>What speaks for one of two contradicting memories.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="LogOdds">What its evidence is worth in the dispute, without what contradicts it.</param>
/// <param name="SaidAt">When somebody last said so.</param>
/// <param name="Voices">Who said so, each source in a session once, at most <see cref="MaxVoices"/>, of each the latest row, and rather a plain one than a hedged one.</param>
/// <param name="IsHedged">Whether nobody said so plainly, or confirmed it.</param>
/// <param name="IsJudged">Whether somebody confirmed or refuted it.</param>
internal sealed record Support(MemoryRecord Memory, double LogOdds, DateTimeOffset SaidAt, IReadOnlyList<Evidence> Voices, bool IsHedged, bool IsJudged)
{
    /// <summary>So many voices are heard against the other: by the diminishing weights more would change nothing.</summary>
    public const int MaxVoices = 8;

    // What follows within an hour rather corrects a slip than tells of a change.
    private static readonly TimeSpan LastWordAfter = TimeSpan.FromHours(1);

    /// <summary>Weighs a ledger. A source speaks with one voice, for what it said last: whoever says by now what the rival says, and not only thinks so, no longer speaks for this.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="rival">The ledger of what contradicts it.</param>
    /// <param name="now">The time for which it is weighed.</param>
    /// <param name="options">The constants.</param>
    public static Support Of(MemoryRecord memory, IReadOnlyList<Evidence> ledger, IReadOnlyList<Evidence> rival, DateTimeOffset now, ConfidenceOptions options)
    {
        var lastWords = rival.Where(static e => IsStatement(e) && !e.IsHedged).GroupBy(static e => e.Source).ToDictionary(static s => s.Key, static s => s.Max(static e => e.At));
        var standing = ledger.Where(e => e.Kind != EvidenceKind.Contradicted
            && !(IsStatement(e) && lastWords.TryGetValue(e.Source, out var last) && last - e.At >= LastWordAfter)).ToList();
        List<Evidence> rows = [.. standing.Where(IsStatement).GroupBy(static e => e.Source).Select(Word), .. standing.Where(static e => !IsStatement(e))];
        var said = ledger.Where(static e => IsStatement(e) || e.Kind == EvidenceKind.Confirmed).ToList();
        var voices = standing.Where(static e => IsStatement(e) || e.Kind == EvidenceKind.Confirmed)
            .GroupBy(static e => (e.Source, e.Session)).Select(Word).OrderByDescending(static e => e.At).Take(MaxVoices);
        return new Support(memory, ConfidenceCalculation.Of(rows, memory.Kind, now, options.InDispute).LogOdds, LastSaid.Of(memory, said), [.. voices], said.Count > 0 && said.All(static e => e.IsHedged),
            ledger.Any(static e => e.Kind is EvidenceKind.Confirmed or EvidenceKind.Refuted));
    }

    // The last, and rather a plain one.
    private static Evidence Word(IEnumerable<Evidence> rows) => rows.MaxBy(static e => (!e.IsHedged, e.At))!;

    private static bool IsStatement(Evidence evidence) => evidence.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated;
}
