using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// A second look at the best candidates: the sentence encoder reads the question and the statement each as a whole, where the table adds up words.
/// 'Whom does Anika report to?' finds 'Anika's boss is Beatriz'. The vectors of statements are in the store; only the query is encoded.
/// </summary>
internal static class SentenceMeaning
{
    /// <summary>Ranks the best candidates anew.</summary>
    /// <param name="index">The index that they are of.</param>
    /// <param name="reader">Has the vectors.</param>
    /// <param name="query">The query.</param>
    /// <param name="candidates">The candidates, best first.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="options">How many are looked at, and how much it counts.</param>
    /// <returns>All of them, best first. Those that have no vector yet are judged by the rest.</returns>
    public static IReadOnlyList<Candidate> Apply(
        NamespaceIndex index, IMemoryReader reader, string query, IReadOnlyList<Candidate> candidates, SentenceEncoder encoder, RecallOptions options)
    {
        var looked = candidates.Take(options.SentenceCandidates).ToArray();
        var vectors = reader.VectorsOf([.. looked.Select(c => IdOf(index, c))], encoder.Model.ToString());
        if (vectors.Count == 0)
        {
            return candidates;
        }

        var asked = encoder.VectorOf(query);
        var cosines = Array.ConvertAll(looked, c => vectors.TryGetValue(IdOf(index, c), out var vector) && IsUsable(vector) ? Cosine(asked, vector) : float.NaN);
        var nearest = cosines.Where(float.IsFinite).DefaultIfEmpty().Max();
        var most = candidates[0].Relevance;
        if (nearest <= 0 || most <= 0)
        {
            return candidates;
        }

        var result = new List<Candidate>(candidates.Count);
        foreach (var (place, candidate) in candidates.Index())
        {
            var share = ShareOf(index, candidate.Entry, options);
            var isRead = place < cosines.Length && !float.IsNaN(cosines[place]);
            var likeness = isRead ? Math.Max(0, cosines[place]) / nearest : 0;
            // Whoever has no vector yet is judged by the rest.
            var counted = isRead || place >= cosines.Length ? likeness : candidate.Relevance / most;
            result.Add(candidate with { Sentence = likeness, Relevance = ((1 - share) * candidate.Relevance) + (share * most * counted) });
        }

        result.Sort(Candidate.ByRelevance);
        return result;
    }

    // A turn says half of what it means: the rest was said before.
    private static float ShareOf(NamespaceIndex index, int entry, RecallOptions options)
    {
        var talk = index.SessionOf(entry) is { } session ? options.TalkOf(session.TurnShare) : 0;
        return (float)(options.SentenceShare + ((options.ConversationSentenceShare - options.SentenceShare) * talk));
    }

    private static bool IsUsable(StoredVector vector) => vector.Values.Length == SentenceEncoder.Dimensions && vector.Scale > 0 && float.IsFinite(vector.Scale);

    private static float Cosine(StoredVector a, StoredVector b) => Int8Dot.Of(a.Values.Span, b.Values.Span) * a.Scale * b.Scale;

    private static MemoryId IdOf(NamespaceIndex index, Candidate candidate) => MemoryId.FromBits(index.Entries[candidate.Entry].Id);
}
