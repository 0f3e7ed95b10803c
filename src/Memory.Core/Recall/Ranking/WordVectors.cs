using System.Collections.Concurrent;
using Memory.Core.Embeddings;
using Memory.Core.Recall.Index;

namespace Memory.Core.Recall.Ranking;

/// <summary>The vectors of single words, from the static table, each made once.</summary>
internal sealed class WordVectors(StaticEmbedder embedder)
{
    // 64 Ki words of 256 bytes: 20 MB at most.
    private const int MaxKept = 65_536;

    private readonly ConcurrentDictionary<string, WordVector> _kept = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The vector of a word; with a scale of 0 when it has none.</summary>
    public WordVector Of(string word)
    {
        if (_kept.TryGetValue(word, out var known))
        {
            return known;
        }

        if (Interlocked.Increment(ref _count) > MaxKept)
        {
            _kept.Clear();
            _count = 0;
        }

        var made = embedder.VectorOf(word);
        return _kept.GetOrAdd(word, new WordVector(made.Scale, made.Values.ToArray()));
    }

    /// <summary>The vector of a word of an index, which keeps it with the word.</summary>
    public WordVector Of(NamespaceIndex index, int word) => index.VectorOfWord(word) ?? index.Keep(word, Of(index.Vocabulary.TextOf(word)));
}
