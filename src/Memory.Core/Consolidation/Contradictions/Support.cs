using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Contradictions;

/// <summary>What speaks for one of two contradicting memories.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="LogOdds">What its evidence is worth without what contradicts it.</param>
/// <param name="SaidAt">When somebody last said so.</param>
/// <param name="Voices">Who said so, each source in a session once, at most <see cref="MaxVoices"/>, the latest row of each.</param>
internal sealed record Support(MemoryRecord Memory, double LogOdds, DateTimeOffset SaidAt, IReadOnlyList<Evidence> Voices)
{
    /// <summary>So many voices are heard against the other: by the diminishing weights more would change nothing.</summary>
    public const int MaxVoices = 8;

    /// <summary>Weighs a ledger.</summary>
    public static Support Of(MemoryRecord memory, IReadOnlyList<Evidence> ledger, DateTimeOffset now, ConfidenceOptions options)
    {
        var rows = ledger.Where(static e => e.Kind != EvidenceKind.Contradicted).ToList();
        var said = rows.Where(static e => e.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated or EvidenceKind.Confirmed).ToList();
        var voices = said.GroupBy(static e => (e.Source, e.Session)).Select(static v => v.MaxBy(static e => e.At)!).OrderByDescending(static e => e.At).Take(MaxVoices);
        return new Support(memory, ConfidenceCalculation.Of(rows, memory.Kind, now, options).LogOdds, LastSaid(memory, said), [.. voices]);
    }

    // When it happened to be stored says little of what is known to have been said at another time.
    private static DateTimeOffset LastSaid(MemoryRecord memory, List<Evidence> said) => memory.OccurredAt is { } occurred
        ? said.Where(e => e.At > memory.CreatedAt).Select(static e => e.At).Append(occurred).Max()
        : said.Select(static e => e.At).Append(memory.CreatedAt).Max();
}
