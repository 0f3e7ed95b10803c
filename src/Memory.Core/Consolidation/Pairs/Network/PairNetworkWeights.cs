using Memory.Core.Embeddings;

namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>One layer of the network: attention, then a feed-forward block; each is added to what went in, and the sum is normalised.</summary>
internal sealed record PairNetworkLayer(
    PackedMatrix QueryKeyValue, PackedMatrix AttentionOutput, LayerNorm AfterAttention, PackedMatrix Expand, PackedMatrix Contract, LayerNorm AfterFeedForward);

/// <summary>
/// Everything in the network's file, in the file's order: the length of the vocabulary (int32) and the vocabulary (UTF-8, a piece a line);
/// the embeddings of pieces; the embeddings of positions and of the two sides (float32, a row each); the norm over them; the layers; the output.
/// A matrix is the number of its outputs, that of its inputs, the bytes, the scales, the bias.
/// </summary>
internal sealed record PairNetworkWeights(
    byte[] Vocabulary, Int8Matrix Pieces, float[] Positions, float[] Sides, LayerNorm AfterEmbedding, PairNetworkLayer[] Layers, Int8Matrix Output)
{
    public const string Magic = "MEMNET01";
    private const int MaxVocabulary = 1 << 20;
    private const int MaxPieces = 100_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">The content is not what the network needs.</exception>
    public static PairNetworkWeights Read(ModelContent content)
    {
        const int width = PairNetworkShape.Width;
        var reader = new ContentReader(content);
        var weights = new PairNetworkWeights(
            reader.Bytes(reader.Count(MaxVocabulary)),
            Matrix(reader, width),
            reader.Floats(PairNetworkShape.MaxPieces * width),
            reader.Floats(2 * width),
            Norm(reader),
            [.. Enumerable.Range(0, PairNetworkShape.Layers).Select(_ => new PairNetworkLayer(
                Packed(reader, width, 3 * width), Packed(reader, width, width), Norm(reader),
                Packed(reader, width, PairNetworkShape.HiddenWidth), Packed(reader, PairNetworkShape.HiddenWidth, width), Norm(reader)))],
            Matrix(reader, width, PairModelVerdict.Classes));
        // A line more than there are embeddings would be found out only when a text has its piece.
        var fits = weights.Vocabulary.Count(static b => b == '\n') == weights.Pieces.Outputs && weights.Vocabulary[^1] == '\n' && !weights.Vocabulary.Contains((byte)'\r');
        return !fits || !reader.AtEnd ? throw new InvalidDataException("its sections do not fit together") : weights;
    }

    private static LayerNorm Norm(ContentReader reader) => new(reader.Floats(PairNetworkShape.Width), reader.Floats(PairNetworkShape.Width));

    private static PackedMatrix Packed(ContentReader reader, int inputs, int outputs) => new(Matrix(reader, inputs, outputs));

    private static Int8Matrix Matrix(ContentReader reader, int inputs, int? outputs = null)
    {
        var rows = reader.Count(MaxPieces);
        if (rows == 0 || reader.Count(PairNetworkShape.HiddenWidth) != inputs || (outputs is { } expected && expected != rows))
        {
            throw new InvalidDataException("a matrix has another shape than the network's");
        }

        return new Int8Matrix(reader.Bytes(rows * inputs), reader.Floats(rows), reader.Floats(rows));
    }
}
