using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>What one unit adds to the counts of its run, or takes from them when it is put back.</summary>
internal static class UnitCounts
{
    /// <param name="counts">The counts without the unit, or with it.</param>
    /// <param name="unit">What the unit changed.</param>
    /// <param name="times">1 to add it, -1 to take it away.</param>
    public static RunCounts Plus(this RunCounts counts, IReadOnlyList<JournalEntry> unit, int times = 1)
    {
        var merged = unit.Count(static e => e.After.MergedInto is not null);
        var superseded = unit.Count(static e => e.After.SupersededBy is not null);
        var archived = unit.Count(static e => e.After.State == MemoryState.Archived);
        var contested = unit.Any(static e => e.After.ContestedWith is not null) ? 1 : 0;
        var rescored = merged + superseded + archived + contested == 0 ? unit.Count : 0;
        return counts with
        {
            Merged = counts.Merged + (times * merged),
            Superseded = counts.Superseded + (times * superseded),
            Archived = counts.Archived + (times * archived),
            Contested = counts.Contested + (times * contested),
            Rescored = counts.Rescored + (times * rescored),
        };
    }
}
