using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall.Ranking;

/// <summary>
/// Late interaction: each word of the query looks for its nearest word in the text
/// (O. Khattab and M. Zaharia, "ColBERT", SIGIR 2020), here with the vectors of single words.
/// </summary>
internal static class WordMeaning
{
    /// <summary>How well each entry meets the words of the query.</summary>
    /// <param name="index">The index.</param>
    /// <param name="terms">The words of the query.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="words">The vectors of words.</param>
    /// <param name="floor">The cosine that counts as none.</param>
    /// <returns>For each entry a number in [0, 1]: 1 for the best.</returns>
    public static float[] Score(NamespaceIndex index, IReadOnlyList<QueryTerm> terms, List<int> entries, WordVectors words, float floor)
    {
        var result = new float[entries.Count];
        var asked = terms.Select(t => (Vector: words.Of(t.Word), Weight: (float)(t.Weight * t.Rarity))).Where(static t => t.Vector.Scale > 0).ToArray();
        if (asked.Length == 0)
        {
            return result;
        }

        // The candidates share most of their words: each is compared with the query once.
        var known = new Dictionary<int, int>();
        var cosines = new List<float>();
        var best = new float[asked.Length];
        for (var i = 0; i < result.Length; i++)
        {
            Array.Clear(best);
            foreach (var word in index.WordsOf(entries[i]))
            {
                if (!known.TryGetValue(word, out var at))
                {
                    known[word] = at = cosines.Count;
                    Compare(asked, words.Of(index.Vocabulary[word].Text), cosines);
                }

                for (var q = 0; q < best.Length; q++)
                {
                    best[q] = Math.Max(best[q], cosines[at + q]);
                }
            }

            for (var q = 0; q < best.Length; q++)
            {
                result[i] += asked[q].Weight * Math.Max(0, best[q] - floor);
            }
        }

        var most = result.Length == 0 ? 0 : result.Max();
        for (var i = 0; most > 0 && i < result.Length; i++)
        {
            result[i] /= most;
        }

        return result;
    }

    private static void Compare((StoredVector Vector, float Weight)[] asked, StoredVector word, List<float> cosines)
    {
        foreach (var (vector, _) in asked)
        {
            cosines.Add(WordVectors.Cosine(vector, word));
        }
    }
}
