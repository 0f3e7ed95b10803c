using Memory.Core.Embeddings;

namespace Memory.Training.Table;

/// <summary>
/// Learns vectors of word pieces such that the mean of a word's pieces comes near the word's own vector, so that a word outside the table
/// still says something (the idea of Bojanowski et al. 2017, "Enriching word vectors with subword information").
/// Stochastic gradient descent over the words in their order: one thread, one order of sums.
/// </summary>
internal static class PieceLearning
{
    private const int Epochs = 8;
    private const double FirstRate = 0.5;
    private const double RateDecay = 0.5;
    private const double Shrinkage = 0.98;

    /// <summary>Learns them.</summary>
    /// <param name="words">The words.</param>
    /// <param name="vectors">The vector of each word.</param>
    /// <param name="count">How many pieces: those that stand in most words.</param>
    /// <returns>Each piece with its vector.</returns>
    public static (string Piece, float[] Vector)[] Learn(IReadOnlyList<string> words, float[][] vectors, int count)
    {
        var cut = words.Select(static word => WordPieces.Of(word)).ToArray();
        var pieces = cut.SelectMany(static p => p).CountBy(static p => p, StringComparer.Ordinal)
            .OrderByDescending(static p => p.Value).ThenBy(static p => p.Key, StringComparer.Ordinal)
            .Take(count).Select(static p => p.Key).ToArray();
        var indices = pieces.Index().ToDictionary(static p => p.Item, static p => p.Index, StringComparer.Ordinal);
        var known = cut.Select(word => word.Where(indices.ContainsKey).Select(p => indices[p]).ToArray()).ToArray();

        var learned = pieces.Select(_ => new double[vectors[0].Length]).ToArray();
        var error = new double[vectors[0].Length];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var rate = FirstRate / (1 + (epoch * RateDecay));
            for (var word = 0; word < known.Length; word++)
            {
                Step(vectors[word], known[word], learned, error, rate);
            }

            foreach (var vector in learned)
            {
                for (var i = 0; i < vector.Length; i++)
                {
                    vector[i] *= Shrinkage;
                }
            }
        }

        return [.. pieces.Zip(learned, static (piece, vector) => (piece, Array.ConvertAll(vector, static v => (float)v)))];
    }

    private static void Step(float[] target, int[] pieces, double[][] learned, double[] error, double rate)
    {
        if (pieces.Length == 0)
        {
            return;
        }

        Array.Clear(error);
        foreach (var piece in pieces)
        {
            var vector = learned[piece];
            for (var i = 0; i < error.Length; i++)
            {
                error[i] += vector[i];
            }
        }

        for (var i = 0; i < error.Length; i++)
        {
            error[i] = rate * (target[i] - (error[i] / pieces.Length));
        }

        foreach (var piece in pieces)
        {
            var vector = learned[piece];
            for (var i = 0; i < error.Length; i++)
            {
                vector[i] += error[i];
            }
        }
    }
}
