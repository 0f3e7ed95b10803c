using System.Buffers.Binary;
using System.Text;

namespace Memory.Core.Embeddings;

/// <summary>A scale and a shift for each dimension, after a vector was brought to mean 0 and variance 1.</summary>
internal sealed record LayerNorm(float[] Scale, float[] Shift);

/// <summary>One layer of the transformer.</summary>
internal sealed record EncoderLayer(
    LayerNorm BeforeAttention, Int8Matrix QueryKeyValue, Int8Matrix AttentionOutput, LayerNorm BeforeFeedForward, Int8Matrix Expand, Int8Matrix Contract);

/// <summary>
/// Everything in the sentence encoder's file, in the file's order: number of pieces; for each its score (double), length in bytes (int32) and UTF-8;
/// the angular frequencies of the position signal; the embeddings; the layers; the layer that widens the input past the first layer's attention; the output layer.
/// A matrix is its number of outputs and inputs, the bytes, the scales, the bias.
/// </summary>
internal sealed record EncoderWeights(
    (string Piece, double Score)[] Vocabulary, float[] Frequencies, Int8Matrix Embeddings, EncoderLayer[] Layers, Int8Matrix Widening, Int8Matrix Output)
{
    public const string Magic = "MEMENC01";
    public const int Width = 512;
    public const int EmbeddingWidth = 256;
    public const int LayerCount = 2;
    private const int HiddenWidth = 1536;
    private const int MaxPieces = 100_000;
    private const int MaxPieceLength = 1_000;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">The content is not what an encoder needs.</exception>
    public static EncoderWeights Read(ModelContent content)
    {
        var reader = new ContentReader(content);
        var vocabulary = new (string, double)[reader.Count(MaxPieces)];
        Span<byte> piece = stackalloc byte[MaxPieceLength];
        for (var i = 0; i < vocabulary.Length; i++)
        {
            reader.CopyTo(piece[..sizeof(double)]);
            var score = BinaryPrimitives.ReadDoubleLittleEndian(piece);
            var length = reader.Count(MaxPieceLength);
            reader.CopyTo(piece[..length]);
            vocabulary[i] = (Encoding.UTF8.GetString(piece[..length]),
                double.IsFinite(score) ? score : throw new InvalidDataException("the score of a piece is not finite"));
        }

        var weights = new EncoderWeights(
            vocabulary,
            reader.Floats(EmbeddingWidth / 2),
            Matrix(reader, EmbeddingWidth),
            [Layer(reader, EmbeddingWidth), Layer(reader, Width)],
            Matrix(reader, EmbeddingWidth, Width),
            Matrix(reader, Width, Width));
        return weights.Embeddings.Outputs < vocabulary.Length || !reader.AtEnd
            ? throw new InvalidDataException("its sections do not fit together")
            : weights;
    }

    private static EncoderLayer Layer(ContentReader reader, int width) => new(
        Norm(reader, width), Matrix(reader, width, 3 * width), Matrix(reader, width, Width),
        Norm(reader, Width), Matrix(reader, Width, HiddenWidth), Matrix(reader, HiddenWidth, Width));

    private static LayerNorm Norm(ContentReader reader, int width) => new(reader.Floats(width), reader.Floats(width));

    private static Int8Matrix Matrix(ContentReader reader, int inputs, int? outputs = null)
    {
        var rows = reader.Count(MaxPieces);
        if (rows == 0 || reader.Count(HiddenWidth) != inputs || (outputs is { } expected && expected != rows))
        {
            throw new InvalidDataException("a matrix has another shape than the encoder's");
        }

        return new Int8Matrix(reader.Bytes(rows * inputs), reader.Floats(rows), reader.Floats(rows));
    }
}
