using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// A second look at the best candidates: the sentence encoder reads the question and the statement each as a whole, where the table adds up words.
/// 'Whom does Anika report to?' finds 'Anika's boss is Beatriz'. The vectors of statements are in the store; only the query is encoded,
/// on another processor while the candidates are ranked.
/// </summary>
internal sealed class SentenceMeaning
{
    private readonly RecallOptions _options;
    private readonly string _model;
    private readonly Task<StoredVector> _asked;

    private SentenceMeaning(string query, SentenceEncoder encoder, RecallOptions options)
    {
        (_options, _model) = (options, encoder.Model.ToString());
        // Whoever waits for it before it began makes it himself: no thread is held up for one that is not there.
        _asked = Task.Run(() => encoder.VectorOf(query));
    }

    /// <summary>Begins to encode a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="embeddings">Has the encoder.</param>
    /// <param name="options">How many candidates are looked at, and how much it counts.</param>
    /// <returns>What looks at candidates; <see langword="null"/> when there is no encoder, or no second look is wanted.</returns>
    public static SentenceMeaning? Of(string query, EmbeddingSource embeddings, RecallOptions options) =>
        options.SentenceCandidates > 0 && embeddings.Encoder is { } encoder ? new SentenceMeaning(query, encoder, options) : null;

    /// <summary>Ranks the best candidates anew.</summary>
    /// <param name="index">The index that they are of.</param>
    /// <param name="reader">Has the vectors.</param>
    /// <param name="candidates">The candidates, best first; at least one.</param>
    /// <returns>All of them, best first. Those that have no vector yet are judged by the rest.</returns>
    public IReadOnlyList<Candidate> Apply(NamespaceIndex index, IMemoryReader reader, IReadOnlyList<Candidate> candidates)
    {
        var looked = candidates.Take(_options.SentenceCandidates).ToArray();
        var vectors = reader.VectorsOf([.. looked.Select(c => IdOf(index, c))], _model);
        if (vectors.Count == 0)
        {
            return candidates;
        }

        var asked = _asked.GetAwaiter().GetResult();
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
            var share = ShareOf(index, candidate.Entry);
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
    private float ShareOf(NamespaceIndex index, int entry)
    {
        var talk = index.SessionOf(entry) is { } session ? _options.TalkOf(session.TurnShare) : 0;
        return (float)(_options.SentenceShare + ((_options.ConversationSentenceShare - _options.SentenceShare) * talk));
    }

    private static bool IsUsable(StoredVector vector) => vector.Values.Length == SentenceEncoder.Dimensions && vector.Scale > 0 && float.IsFinite(vector.Scale);

    private static float Cosine(StoredVector a, StoredVector b) => Int8Dot.Of(a.Values.Span, b.Values.Span) * a.Scale * b.Scale;

    private static MemoryId IdOf(NamespaceIndex index, Candidate candidate) => MemoryId.FromBits(index.Entries[candidate.Entry].Id);
}
