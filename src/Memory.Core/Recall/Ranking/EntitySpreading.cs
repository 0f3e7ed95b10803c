using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// Spreading activation, one step: the best candidates lend score to the memories that speak of the same rarely named things
/// (A. M. Collins and E. F. Loftus, "A spreading-activation theory of semantic processing", 1975). The rarer the thing, the more: a
/// project that every memory names joins nothing.
/// </summary>
internal static class EntitySpreading
{
    /// <summary>Adds what is lent to the candidates, and those that only this brings up, and puts them in order again.</summary>
    public static IReadOnlyList<Candidate> Apply(
        NamespaceIndex index, IMemoryReader reader, RankedQuery query, IReadOnlyList<Candidate> ranked, RecallOptions options)
    {
        if (options.EntityShare <= 0 || ranked.Count == 0)
        {
            return ranked;
        }

        var seeds = ranked.Take(options.EntitySeeds).ToDictionary(c => index.Entries[c.Entry].Id);
        var lent = new Dictionary<int, float>();
        foreach (var (of, other, mentions) in reader.CompanionsByRareEntity([.. seeds.Keys.Select(MemoryId.FromBits)], options.MaxEntityMentions))
        {
            var entry = index.Find(other);
            if (entry >= 0 && query.Filter.Passes(index.Entries[entry]) && query.Only?.Contains(entry) != false)
            {
                var share = options.EntityShare * seeds[of.Bits].Relevance / MathF.Sqrt(mentions - 1);
                lent[entry] = Math.Max(lent.GetValueOrDefault(entry), share);
            }
        }

        if (lent.Count == 0)
        {
            return ranked;
        }

        var result = new List<Candidate>(ranked.Count + lent.Count);
        foreach (var candidate in ranked)
        {
            result.Add(lent.Remove(candidate.Entry, out var share) ? candidate with { Entities = share, Relevance = candidate.Relevance + share } : candidate);
        }

        result.AddRange(lent.Select(static l => new Candidate { Entry = l.Key, Entities = l.Value, Relevance = l.Value }));
        result.Sort(Candidate.ByRelevance);
        return result;
    }
}
