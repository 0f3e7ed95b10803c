using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Finds what contradicts memories and is as active as they are: whoever reads one must know of the other.</summary>
internal static class Contests
{
    /// <param name="reader">The store.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="asOf">The time of which it is asked; now when left out.</param>
    /// <returns>For each memory the active ones that contradict it.</returns>
    public static ILookup<MemoryId, MemoryRecord> Of(IMemoryReader reader, IReadOnlyCollection<MemoryId> ids, DateTimeOffset? asOf)
    {
        var pairs = reader.PairMarksOf(ids).Where(m => m.Kind == PairMarkKind.Contested && !(m.At > asOf)).SelectMany(static m => new[] { (Of: m.First, Other: m.Second), (Of: m.Second, Other: m.First) }).ToList();
        var active = reader.FindMany([.. pairs.SelectMany(static p => new[] { p.Of, p.Other }).Distinct()]).Where(static m => m.State == MemoryState.Active).ToDictionary(static m => m.Id);
        return pairs.Where(p => active.ContainsKey(p.Of) && active.ContainsKey(p.Other)).ToLookup(static p => p.Of, p => active[p.Other]);
    }
}
