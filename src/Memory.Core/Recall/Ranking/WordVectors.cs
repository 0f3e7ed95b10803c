using System.Collections.Concurrent;
using Memory.Core.Embeddings;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>The vectors of single words, from the static table, each made once.</summary>
internal sealed class WordVectors(StaticEmbedder embedder)
{
    // 64 Ki words of 256 bytes: 20 MB at most.
    private const int MaxKept = 65_536;

    private readonly ConcurrentDictionary<string, StoredVector> _kept = new(StringComparer.Ordinal);

    /// <summary>The vector of a word; with a scale of 0 when it has none.</summary>
    public StoredVector Of(string word)
    {
        if (_kept.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd(word, static (w, e) => e.VectorOf(w), embedder);
    }

    /// <summary>The cosine of two words' vectors; 0 when one has none.</summary>
    public static float Cosine(StoredVector a, StoredVector b) =>
        a.Scale > 0 && b.Scale > 0 ? Int8Dot.Of(a.Values.Span, b.Values.Span) * a.Scale * b.Scale : 0;
}
