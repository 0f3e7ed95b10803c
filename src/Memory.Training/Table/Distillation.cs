using Memory.Core.Embeddings;

namespace Memory.Training.Table;

/// <summary>
/// Makes the static table. Each frequent word is read alone by the sentence encoder; the vectors are centred, freed of what they all
/// have in common, turned so that the first dimensions hold most, cut, weighted by how rare the word is, and rounded to bytes.
/// All but the rounding is linear, so that a text's vector is a plain sum of its words' rows.
/// </summary>
internal static class Distillation
{
    /// <summary>How many words the table holds.</summary>
    public const int Words = 32_000;

    private const int Dimensions = 256;
    private const int CommonComponents = 2;

    // Arora et al. 2017, "A simple but tough-to-beat baseline for sentence embeddings": a word counts a/(a+p), p its share of all text.
    private const double A = 3e-4;

    /// <summary>Makes the table's file.</summary>
    public static byte[] Run(SentenceEncoder encoder, IReadOnlyList<RankedWord> words, TextWriter progress)
    {
        progress.WriteLine($"Reading {words.Count} words with the encoder");
        var vectors = new double[words.Count][];
        Parallel.For(0, words.Count, i => vectors[i] = Teach(encoder, words[i].Word));

        progress.WriteLine($"Turning {words.Count} vectors into {Dimensions} dimensions");
        var reduced = PrincipalComponents.Reduce(vectors, CommonComponents, Dimensions);

        var frequencies = Zipf.Frequencies(words);
        var rows = new (ulong, float, sbyte[])[words.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var bytes = new sbyte[Dimensions];
            var scale = Quantization.Round(reduced[i], bytes);
            rows[i] = (TermHash.Of(words[i].Word), scale * (float)(A / (A + frequencies[i])), bytes);
        }

        return ModelFile.Wrap(StaticTable.Magic, StaticTable.Write(Dimensions, rows));
    }

    private static double[] Teach(SentenceEncoder encoder, string word)
    {
        Span<float> vector = stackalloc float[SentenceEncoder.Dimensions];
        encoder.Encode(word, vector);
        var wide = new double[vector.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = vector[i];
        }

        return wide;
    }
}
