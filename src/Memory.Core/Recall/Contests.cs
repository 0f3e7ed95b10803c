using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>Finds what contradicts memories and is as active as they are: whoever reads one must know of the other, and of the newer first.</summary>
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

    /// <summary>
    /// Puts of results that contradict each other the newer before the older, which its wording may have brought up: what is so by now is mostly what was
    /// said last. Never before what says the query word for word, and only what answers about as well.
    /// </summary>
    /// <typeparam name="T">What is ranked.</typeparam>
    /// <param name="ranked">The results, best first.</param>
    /// <param name="shown">How many of them are shown: of those the newer are looked for.</param>
    /// <param name="rivals">For each of these the places in <paramref name="ranked"/> of what contradicts it.</param>
    /// <param name="lastSaid">When somebody last said what the result at a place says.</param>
    /// <param name="score">The score of a result.</param>
    /// <param name="with">The result with another score: whoever moves before another has its score.</param>
    /// <param name="share">How much of the older one's score the newer must have.</param>
    public static List<T> NewerFirst<T>(
        IReadOnlyList<T> ranked, int shown, Func<int, IEnumerable<int>> rivals, Func<int, DateTimeOffset> lastSaid, Func<T, double> score, Func<T, double, T> with, double share)
    {
        var (result, moved) = (new List<T>(ranked.Count), new HashSet<int>());
        for (var place = 0; place < ranked.Count; place++)
        {
            if (!moved.Add(place))
            {
                continue;
            }

            if (result.Count < shown)
            {
                foreach (var newer in rivals(place)
                    .Where(r => r > place && !moved.Contains(r) && score(ranked[r]) >= share * score(ranked[place]) && lastSaid(r) > lastSaid(place)).OrderByDescending(lastSaid))
                {
                    moved.Add(newer);
                    result.Add(with(ranked[newer], score(ranked[place])));
                }
            }

            result.Add(ranked[place]);
        }

        return result;
    }
}
