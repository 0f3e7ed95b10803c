using System.Buffers;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Embeddings;

/// <summary>
/// Universal Sentence Encoder Lite: a transformer of two layers that makes one vector of 512 dimensions of a sentence (Cer et al. 2018,
/// "Universal Sentence Encoder", arXiv 1803.11175). English; reads the first 128 pieces of a text. Its weights are bytes with a scale
/// for each output; its vectors agree with the original's to a cosine above 0.999.
/// A short text takes milliseconds: little for a query or for a decision about two memories, much for all that a search looks at. Thread-safe.
/// </summary>
public sealed class SentenceEncoder
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Dimensions = EncoderWeights.Width;

    /// <summary>How many pieces of a text are read; the original was made for no more.</summary>
    public const int MaxPieces = 128;

    private const string ModelName = "universal-sentence-encoder-lite";

    private readonly EncoderWeights _weights;

    private SentenceEncoder(EncoderWeights weights, string version)
    {
        _weights = weights;
        Tokenizer = new SentencePieceTokenizer(weights.Vocabulary);
        Model = new EmbeddingModel(ModelName, Dimensions, version);
    }

    /// <summary>Where the encoder lies beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "data", "embeddings", "encoder.bin");

    /// <summary>Which model the vectors are of.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>What cuts a text for this encoder.</summary>
    public SentencePieceTokenizer Tokenizer { get; }

    /// <summary>Loads the encoder from its file, as the training program writes it.</summary>
    /// <param name="path">The file, usually <c>data/embeddings/encoder.bin</c> beside the program.</param>
    /// <returns>The encoder, or a problem with <see cref="ProblemCode.ModelUnavailable"/> when the file is missing, unreadable or damaged.</returns>
    public static Outcome<SentenceEncoder> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = ModelFile.Read(path, EncoderWeights.Magic);
        if (!file.Succeeded)
        {
            return file.Problem;
        }

        try
        {
            using var content = file.Value.Content;
            return new SentenceEncoder(EncoderWeights.Read(content), file.Value.Version);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException or IOException)
        {
            return ModelFile.Damaged(path, error.Message);
        }
    }

    /// <summary>Makes the vector of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Where the vector goes: <see cref="Dimensions"/> numbers, of length 1, or all zeros for an empty text.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is of another length.</exception>
    public void Encode(string text, Span<float> destination) => Encode(Tokenizer.Encode(text), destination);

    /// <summary>Makes the vector of pieces.</summary>
    /// <param name="pieces">Ids of pieces; those after <see cref="MaxPieces"/> are not read.</param>
    /// <param name="destination">Where the vector goes: <see cref="Dimensions"/> numbers, of length 1, or all zeros when there is no piece.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is of another length, or an id names no piece.</exception>
    public void Encode(ReadOnlySpan<int> pieces, Span<float> destination)
    {
        if (destination.Length != Dimensions)
        {
            throw new ArgumentException($"A vector has {Dimensions} numbers, not {destination.Length}.", nameof(destination));
        }

        pieces = pieces[..Math.Min(pieces.Length, MaxPieces)];
        if (pieces.ContainsAnyExceptInRange(0, Tokenizer.Count - 1))
        {
            throw new ArgumentException($"Ids of pieces are 0 to {Tokenizer.Count - 1}.", nameof(pieces));
        }

        destination.Clear();
        if (pieces.Length > 0)
        {
            Forward(pieces, destination);
        }
    }

    /// <summary>The vector of a text as the store keeps it; with a scale of 0 when it has none.</summary>
    internal StoredVector VectorOf(string text)
    {
        Span<float> vector = stackalloc float[Dimensions];
        Encode(text, vector);
        return StoredVector.Of(vector);
    }

    private void Forward(ReadOnlySpan<int> pieces, Span<float> destination)
    {
        var count = pieces.Length;
        var rented = ArrayPool<float>.Shared.Rent(2 * count * EncoderWeights.Width);
        try
        {
            var input = rented.AsSpan(0, count * EncoderWeights.EmbeddingWidth);
            var state = rented.AsSpan(count * EncoderWeights.Width, count * EncoderWeights.Width);
            Lookup(pieces, input);
            _weights.Widening.Apply(input, state, count);
            Transformer.Apply(_weights.Layers[0], input, state, count);
            Transformer.Apply(_weights.Layers[1], state, state, count);

            var mean = rented.AsSpan(0, EncoderWeights.Width);
            mean.Clear();
            for (var i = 0; i < state.Length; i++)
            {
                mean[i % EncoderWeights.Width] += state[i] / count;
            }

            _weights.Output.Apply(mean, destination, 1);
            foreach (ref var value in destination)
            {
                value = (float)Math.Tanh(value);
            }

            Vectors.Normalize(destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    // The original adds the embedding to itself with the position signal added: twice the embedding and once the signal.
    private void Lookup(ReadOnlySpan<int> pieces, Span<float> input)
    {
        const int width = EncoderWeights.EmbeddingWidth;
        var frequencies = _weights.Frequencies;
        for (var i = 0; i < pieces.Length; i++)
        {
            var row = input.Slice(i * width, width);
            for (var f = 0; f < frequencies.Length; f++)
            {
                var angle = (double)(i * frequencies[f]);
                row[f] = (float)Math.Sin(angle);
                row[f + frequencies.Length] = (float)Math.Cos(angle);
            }

            Vectors.AddScaled(_weights.Embeddings.Row(pieces[i]), 2 * _weights.Embeddings.Scale(pieces[i]), row);
        }
    }
}
