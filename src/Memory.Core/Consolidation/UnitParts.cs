using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>
/// What of a unit belongs together when it is put back. Memories that were rescored or archived in one transaction have nothing to do with each
/// other: each can be put back whatever became of the rest. What was merged, superseded or contested is put back whole or not at all.
/// </summary>
internal static class UnitParts
{
    /// <summary>The parts of a unit, in the order of the unit.</summary>
    /// <param name="unit">What the unit changed; of a memory that was forgotten since its journal says nothing any more.</param>
    public static IEnumerable<IReadOnlyList<JournalEntry>> Of(IReadOnlyList<JournalEntry> unit) =>
        unit.All(StandsAlone) ? unit.Select(static e => (IReadOnlyList<JournalEntry>)[e]) : [unit];

    private static bool StandsAlone(JournalEntry entry) => entry.After is
    {
        MergedInto: null, SupersededBy: null, ContestedWith: null, IsNew: null, Evidence: null, Tags: null, Importance: null, UpdatedAt: null, ValidUntil: null,
    };
}
