using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Memories as they were at an earlier time: their state, and how probable they were. Tags, kind and importance are those of now.</summary>
internal static class PastRecord
{
    /// <summary>Puts memories back.</summary>
    /// <param name="reader">A reader of their namespace.</param>
    /// <param name="memories">The memories as they are now.</param>
    /// <param name="at">The time, UTC.</param>
    /// <param name="options">The constants of confidence.</param>
    public static IEnumerable<MemoryRecord> Of(IMemoryReader reader, IReadOnlyList<MemoryRecord> memories, DateTimeOffset at, ConfidenceOptions options)
    {
        var ended = memories.Where(static m => m.State != MemoryState.Active).Select(static m => m.Id).ToArray();
        var links = reader.LinksOf(ended).ToLookup(static l => l.From);
        var ledgers = reader.EvidenceOf([.. memories.Where(m => m.ConfidenceAt > at).Select(static m => m.Id)], at);
        return memories.Select(m =>
        {
            var then = ledgers.TryGetValue(m.Id, out var ledger)
                ? m with { Confidence = ConfidenceCalculation.Of(ledger, m.Kind, at, options).Value, ConfidenceAt = at }
                : m;

            // The same rule as the filter's: what had not ended by then was active.
            return then.State != MemoryState.Active && links[m.Id].Select(static l => l.At).DefaultIfEmpty(m.UpdatedAt).Max() > at
                ? then with { State = MemoryState.Active, ValidUntil = null }
                : then;
        });
    }
}
