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
/// <param name="embeddings">Has the encoder.</param>
/// <param name="options">How many candidates are looked at, and how much it counts.</param>
internal sealed class SentenceMeaning(EmbeddingSource embeddings, RecallOptions options)
{
    // Until the encoder has read memories, to encode a query would be work for nothing.
    private volatile bool _areRead;

    /// <summary>Begins with a query.</summary>
    /// <returns>What looks at its candidates; <see langword="null"/> when there is no encoder, or no second look is wanted.</returns>
    public SecondLook? Begin(string query) => options.SentenceCandidates > 0 && embeddings.Encoder is { } encoder ? new SecondLook(this, query, encoder) : null;

    private int MostLookedAt => options.SentenceCandidates;

    // A turn says half of what it means: the rest was said before.
    private float ShareOf(NamespaceIndex index, int entry)
    {
        var talk = index.SessionOf(entry) is { } session ? options.TalkOf(session.TurnShare) : 0;
        return (float)(options.SentenceShare + ((options.ConversationSentenceShare - options.SentenceShare) * talk));
    }

    private static bool IsUsable(StoredVector vector) => vector.Values.Length == SentenceEncoder.Dimensions && vector.Scale > 0 && float.IsFinite(vector.Scale);

    private static float Cosine(StoredVector a, StoredVector b) => Int8Dot.Of(a.Values.Span, b.Values.Span) * a.Scale * b.Scale;

    private static MemoryId IdOf(NamespaceIndex index, Candidate candidate) => MemoryId.FromBits(index.Entries[candidate.Entry].Id);

    /// <summary>The second look at the candidates of one query.</summary>
    internal sealed class SecondLook
    {
        private readonly SentenceMeaning _meaning;
        private readonly string _query;
        private readonly SentenceEncoder _encoder;
        private readonly Task<StoredVector>? _asked;

        public SecondLook(SentenceMeaning meaning, string query, SentenceEncoder encoder)
        {
            (_meaning, _query, _encoder) = (meaning, query, encoder);
            // Whoever waits for it before it began makes it himself: no thread is held up for one that is not there.
            _asked = meaning._areRead ? Task.Run(() => encoder.VectorOf(query)) : null;
        }

        /// <summary>Ranks the best candidates anew.</summary>
        /// <param name="index">The index that they are of.</param>
        /// <param name="reader">Has the vectors.</param>
        /// <param name="candidates">The candidates, best first; at least one.</param>
        /// <returns>All of them, best first. Those that have no vector yet are judged by the rest.</returns>
        public IReadOnlyList<Candidate> Apply(NamespaceIndex index, IMemoryReader reader, IReadOnlyList<Candidate> candidates)
        {
            var looked = candidates.Take(_meaning.MostLookedAt).ToArray();
            var vectors = reader.VectorsOf([.. looked.Select(c => IdOf(index, c))], _encoder.Model.ToString());
            _meaning._areRead = vectors.Count > 0;
            if (vectors.Count == 0)
            {
                return candidates;
            }

            var asked = _asked?.GetAwaiter().GetResult() ?? _encoder.VectorOf(_query);
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
                var share = _meaning.ShareOf(index, candidate.Entry);
                var isRead = place < cosines.Length && !float.IsNaN(cosines[place]);
                var likeness = isRead ? Math.Max(0, cosines[place]) / nearest : 0;
                // Whoever has no vector yet is judged by the rest.
                var counted = isRead || place >= cosines.Length ? likeness : candidate.Relevance / most;
                result.Add(candidate with { Sentence = likeness, Relevance = ((1 - share) * candidate.Relevance) + (share * most * counted) });
            }

            result.Sort(Candidate.ByRelevance);
            return result;
        }
    }
}
