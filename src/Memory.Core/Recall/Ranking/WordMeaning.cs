using System.Buffers;
using System.Runtime.InteropServices;
using Memory.Core.Recall.Index;

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
    /// <param name="impliedShare">The cosine of a word with what implies it.</param>
    /// <returns>For each entry a number in [0, 1]: 1 for the best.</returns>
    public static float[] Score(NamespaceIndex index, IReadOnlyList<QueryTerm> terms, List<int> entries, WordVectors words, float floor, float impliedShare)
    {
        var result = new float[entries.Count];
        var asked = terms.Select(t => (Vector: words.Of(t.Word), Weight: (float)(t.Weight * t.Rarity), t.ImpliedBy)).Where(static t => t.Vector.Exists).ToArray();
        if (asked.Length == 0)
        {
            return result;
        }

        // The candidates share most of their words: each is compared with the query once. 0 says not yet, n that its cosines begin at n - 1.
        var known = ArrayPool<int>.Shared.Rent(index.Vocabulary.Count);
        known.AsSpan(0, index.Vocabulary.Count).Clear();
        var cosines = new List<float>(entries.Count * asked.Length * 4);
        Span<float> best = asked.Length <= 64 ? stackalloc float[asked.Length] : new float[asked.Length];
        for (var i = 0; i < result.Length; i++)
        {
            best.Clear();
            foreach (var word in index.WordsOf(entries[i]))
            {
                if (known[word] == 0)
                {
                    known[word] = cosines.Count + 1;
                    Compare(asked, words.Of(index, word), cosines);
                }

                var of = CollectionsMarshal.AsSpan(cosines).Slice(known[word] - 1, best.Length);
                for (var q = 0; q < best.Length; q++)
                {
                    best[q] = Math.Max(best[q], asked[q].ImpliedBy == word ? impliedShare : of[q]);
                }
            }

            for (var q = 0; q < best.Length; q++)
            {
                result[i] += asked[q].Weight * Math.Max(0, best[q] - floor);
            }
        }

        ArrayPool<int>.Shared.Return(known);
        var most = result.Length == 0 ? 0 : result.Max();
        for (var i = 0; most > 0 && i < result.Length; i++)
        {
            result[i] /= most;
        }

        return result;
    }

    private static void Compare((WordVector Vector, float Weight, int ImpliedBy)[] asked, WordVector word, List<float> cosines)
    {
        foreach (var (vector, _, _) in asked)
        {
            cosines.Add(vector.Cosine(word));
        }
    }
}
