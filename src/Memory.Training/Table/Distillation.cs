using Memory.Core.Embeddings;

namespace Memory.Training.Table;

/// <summary>
/// Makes the static table. Each frequent word is read alone by the sentence encoder; beside that vector its GloVe vector is laid, which knows
/// from the company of words what the encoder's small vocabulary of pieces does not. Both are centred and freed of the direction they all share,
/// the pair is turned so that the first dimensions hold most, cut, weighted by how rare the word is, and rounded to bytes.
/// All but the rounding is linear, so that a text's vector is a plain sum of its words' rows.
/// </summary>
internal static class Distillation
{
    /// <summary>How many words are read.</summary>
    public const int Words = 36_000;

    private const int Pieces = 7_000;
    private const int Dimensions = 256;

    // Arora et al. 2017, "A simple but tough-to-beat baseline for sentence embeddings": a word counts a/(a+p), p its share of all text.
    private const double A = 1e-3;

    // The list of words lacks these two. They are so frequent that they count nothing, and must not pass for unknown names.
    private static readonly string[] Articles = ["a", "i"];

    /// <summary>Makes the table's file.</summary>
    /// <param name="encoder">Who teaches.</param>
    /// <param name="words">The words in the order of frequency.</param>
    /// <param name="progress">Where it is said what is being done.</param>
    public static byte[] Run(SentenceEncoder encoder, IReadOnlyList<RankedWord> words, TextWriter progress)
    {
        progress.WriteLine($"Reading {words.Count} words with the encoder");
        var taught = new double[words.Count][];
        Parallel.For(0, words.Count, i => taught[i] = Teach(encoder, words[i].Word));

        progress.WriteLine($"Joining the vectors and turning them into {Dimensions} dimensions");
        var company = words.Select(static word => Array.ConvertAll(word.Vector, static v => (double)v)).ToArray();
        PrincipalComponents.RemoveCommon(taught);
        PrincipalComponents.RemoveCommon(company);
        var vectors = PrincipalComponents.Reduce([.. taught.Zip(company, static (one, other) => (double[])[.. one, .. other])], Dimensions);

        progress.WriteLine($"Learning {Pieces} pieces of words");
        var pieces = PieceLearning.Learn([.. words.Select(static word => word.Word)], vectors, Pieces);

        var frequencies = Zipf.Frequencies(words);
        var rows = new List<(ulong, float, sbyte[])>(words.Count + Pieces + Articles.Length);
        rows.AddRange(words.Select((word, i) => Row(TermHash.Of(word.Word), vectors[i], A / (A + frequencies[i]))));
        rows.AddRange(Articles.Select(static word => (TermHash.Of(word), 0f, new sbyte[Dimensions])));
        rows.AddRange(pieces.Select(static piece => Row(TermHash.Of(piece.Piece, TermHash.Inner), piece.Vector, 1)));
        return ModelFile.Wrap(StaticTable.Magic, StaticTable.Write(Dimensions, rows));
    }

    private static (ulong Hash, float Scale, sbyte[] Bytes) Row(ulong hash, float[] vector, double weight)
    {
        var bytes = new sbyte[Dimensions];
        return (hash, (float)(Quantization.Round(vector, bytes) * weight), bytes);
    }

    private static double[] Teach(SentenceEncoder encoder, string word)
    {
        var vector = new float[SentenceEncoder.Dimensions];
        encoder.Encode(word, vector);
        return Array.ConvertAll(vector, static v => (double)v);
    }
}
