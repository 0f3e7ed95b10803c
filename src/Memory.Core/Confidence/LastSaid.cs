using Memory.Core.Memories;

namespace Memory.Core.Confidence;

/// <summary>Tells when somebody last said what a memory says: of two that cannot both be so, the later word is the newer.</summary>
internal static class LastSaid
{
    /// <summary>When it was last said, by its ledger. When a memory happened to be stored says little of what is known to have been said at another time.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="ledger">Its ledger, in any order.</param>
    public static DateTimeOffset Of(MemoryRecord memory, IEnumerable<Evidence> ledger)
    {
        var said = ledger.Where(static e => e.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated or EvidenceKind.Confirmed).Select(static e => e.At);
        return memory.OccurredAt is { } occurred ? said.Where(at => at > memory.CreatedAt).Append(occurred).Max() : said.Append(memory.CreatedAt).Max();
    }
}
