using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// What is forgotten with a memory because its content lives in it: the versions that updates replaced, and what was merged into it. Another
/// statement that consolidation let it supersede is not.
/// </summary>
internal static class ForgottenWith
{
    /// <summary>All that goes with a memory, the nearest first; what was forgotten before is absent.</summary>
    public static IReadOnlyList<MemoryRecord> Of(IMemoryReader reader, MemoryId id)
    {
        var seen = new HashSet<MemoryId> { id };
        var found = new List<MemoryId>();
        for (HashSet<MemoryId> level = [id]; level.Count > 0;)
        {
            var links = reader.LinksOf(level).Where(l => level.Contains(l.To)).ToList();
            var judged = Judged(reader, links);
            // What was superseded alone, after it was merged, says nothing that is left there.
            var alone = reader.FindMany([.. links.Where(static l => l.Kind == LinkKind.MergedInto).Select(static l => l.From)]).Where(static m => m.State == MemoryState.Superseded).Select(static m => m.Id).ToHashSet();
            level = [.. links.Where(l => !judged.Contains((l.From, l.To)) && !(l.Kind == LinkKind.MergedInto && alone.Contains(l.From))).Select(static l => l.From).Where(seen.Add)];
            found.AddRange(level);
        }

        var records = reader.FindMany(found).ToDictionary(static m => m.Id);
        return [.. found.Select(f => records[f]).Where(static m => m.State != MemoryState.Forgotten)];
    }

    // An update writes no journal.
    private static HashSet<(MemoryId From, MemoryId To)> Judged(IMemoryReader reader, List<Link> links) =>
        [.. reader.ChangesOf([.. links.Where(static l => l.Kind == LinkKind.SupersededBy).Select(static l => l.From)])
            .Where(static c => c.After.SupersededBy is not null).Select(static c => (c.Memory, MemoryId.FromStore(c.After.SupersededBy!)))];
}
