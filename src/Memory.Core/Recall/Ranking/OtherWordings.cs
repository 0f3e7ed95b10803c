using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// What was merged into a memory says the same in other words, and finds it: 'Hugo reports to Yuki' brings up 'Hugo's boss is Yuki' that it was merged
/// into. So a merge takes no wording from recall, but one that holds every word of what it was merged into, which need not be another wording.
/// </summary>
internal static class OtherWordings
{
    /// <summary>Puts in the place of what was merged the memory that it lives on in, at the better of their places.</summary>
    /// <param name="index">The index.</param>
    /// <param name="reader">Knows the lineage.</param>
    /// <param name="query">What may be a result.</param>
    /// <param name="candidates">The candidates, some of them merged.</param>
    /// <param name="options">What a merged one counts.</param>
    /// <returns>Those that may be results, best first.</returns>
    public static IReadOnlyList<Candidate> Fold(NamespaceIndex index, IMemoryReader reader, RankedQuery query, IReadOnlyList<Candidate> candidates, RecallOptions options)
    {
        var merged = query.Merged is null ? [] : candidates.Where(c => !query.Filter.Passes(index.Entries[c.Entry])).ToList();
        if (merged.Count == 0)
        {
            return candidates;
        }

        var survivors = reader.SurvivorsOf([.. merged.Select(c => IdOf(index, c))]);
        var best = candidates.Where(c => query.Filter.Passes(index.Entries[c.Entry])).ToDictionary(static c => c.Entry);
        foreach (var candidate in merged)
        {
            if (survivors.TryGetValue(IdOf(index, candidate), out var survivor) && index.Find(survivor.Last) is >= 0 and var entry
                && query.Filter.Passes(index.Entries[entry]) && !WasDivided(index, candidate.Entry, index.Find(survivor.Next)))
            {
                var standing = candidate with { Entry = entry, Relevance = candidate.Relevance * options.WordingShare };
                best[entry] = best.TryGetValue(entry, out var other) && other.Relevance >= standing.Relevance ? other : standing;
            }
        }

        var result = best.Values.ToList();
        result.Sort(Candidate.ByRelevance);
        return result;
    }

    // Who says all that its next says, and more, was divided: what else it said was superseded, and is no wording of what is left.
    private static bool WasDivided(NamespaceIndex index, int merged, int next)
    {
        if (next < 0)
        {
            return false;
        }

        var said = index.WordsOf(merged);
        foreach (var word in index.WordsOf(next))
        {
            if (!said.Contains(word))
            {
                return false;
            }
        }

        return true;
    }

    private static MemoryId IdOf(NamespaceIndex index, Candidate candidate) => MemoryId.FromBits(index.Entries[candidate.Entry].Id);
}
