using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// What was merged into a memory says the same in other words, and finds it: 'Hugo reports to Yuki' brings up 'Hugo's boss is Yuki' that it was merged
/// into. So no merge takes a wording from recall.
/// </summary>
internal static class OtherWordings
{
    /// <summary>Puts in the place of what was merged the memory that it lives on in, at the better of their places.</summary>
    /// <param name="index">The index.</param>
    /// <param name="reader">Knows the lineage.</param>
    /// <param name="filter">What may be a result.</param>
    /// <param name="candidates">The candidates, some of them merged.</param>
    /// <param name="options">What a merged one counts.</param>
    /// <returns>Those that may be results, best first.</returns>
    public static IReadOnlyList<Candidate> Fold(NamespaceIndex index, IMemoryReader reader, IndexFilter filter, IReadOnlyList<Candidate> candidates, RecallOptions options)
    {
        var merged = candidates.Where(c => !filter.Passes(index.Entries[c.Entry])).Select(c => IdOf(index, c)).ToList();
        if (merged.Count == 0)
        {
            return candidates;
        }

        var survivors = reader.SurvivorsOf(merged);
        var best = new Dictionary<int, Candidate>(candidates.Count);
        foreach (var ranked in candidates)
        {
            var passes = filter.Passes(index.Entries[ranked.Entry]);
            var candidate = passes ? ranked : ranked with { Relevance = ranked.Relevance * options.WordingShare };
            var entry = passes ? candidate.Entry
                : survivors.TryGetValue(IdOf(index, candidate), out var survivor) && index.Find(survivor) is >= 0 and var found && IsWorded(index, candidate.Entry, found) ? found : -1;
            if (entry >= 0 && filter.Passes(index.Entries[entry]) && (!best.TryGetValue(entry, out var other) || candidate.Relevance > other.Relevance))
            {
                best[entry] = candidate with { Entry = entry };
            }
        }

        var result = best.Values.ToList();
        result.Sort(Candidate.ByRelevance);
        return result;
    }

    // Who says all that the survivor says, and more, was divided: what else it said was superseded, and is no wording of what is left.
    private static bool IsWorded(NamespaceIndex index, int merged, int survivor)
    {
        var said = index.WordsOf(merged);
        foreach (var word in index.WordsOf(survivor))
        {
            if (!said.Contains(word))
            {
                return true;
            }
        }

        return false;
    }

    private static MemoryId IdOf(NamespaceIndex index, Candidate candidate) => MemoryId.FromBits(index.Entries[candidate.Entry].Id);
}
