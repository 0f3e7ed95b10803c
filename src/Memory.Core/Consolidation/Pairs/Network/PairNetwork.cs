using System.Buffers;
using System.Numerics.Tensors;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>
/// Reads two texts together, piece against piece, and tells how they relate: a transformer of six layers over both (a cross-encoder: Nogueira and Cho 2019,
/// arXiv 1901.04085), begun from the weights of MiniLM and trained further with the labelled pairs. English.
/// Its weights are bytes with a scale for each output. A pair of short texts takes milliseconds: little for a decision, much for all pairs of a large store. Thread-safe.
/// </summary>
public sealed class PairNetwork
{
    // Below one in ten thousand all is one.
    private static readonly float Least = MathF.Log(1e-4f);

    private const float Epsilon = 1e-12f;
    private const int Width = PairNetworkShape.Width;
    private const int Hidden = PairNetworkShape.HiddenWidth;

    private readonly PairNetworkWeights _weights;

    private PairNetwork(PairNetworkWeights weights, string version) => (_weights, Pieces, Version) = (weights, new PairPieces(weights.Vocabulary), version);

    /// <summary>Where the network lies beside the program.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "data", "models", "pair-network.bin");

    /// <summary>Which training made it.</summary>
    public string Version { get; }

    /// <summary>What cuts texts for it.</summary>
    internal PairPieces Pieces { get; }

    /// <summary>Loads the network from its file, as the training program writes it.</summary>
    /// <param name="path">The file, usually <see cref="DefaultPath"/>.</param>
    /// <returns>The network, or a problem with <see cref="ProblemCode.ModelUnavailable"/> when the file is missing, unreadable or damaged.</returns>
    public static Outcome<PairNetwork> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = ModelFile.Read(path, PairNetworkWeights.Magic);
        if (!file.Succeeded)
        {
            return file.Problem;
        }

        try
        {
            using var content = file.Value.Content;
            return new PairNetwork(PairNetworkWeights.Read(content), file.Value.Version);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or OverflowException or IOException)
        {
            return ModelFile.Damaged(path, error.Message);
        }
    }

    /// <summary>Judges two texts.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other. Which is which changes the scores a little: a pair is always asked about in one order.</param>
    /// <param name="scores">Where the logarithm of the probability of each <see cref="PairRelation"/> goes, in the order of its values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scores"/> has another length than there are relations.</exception>
    public void Judge(string one, string other, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, PairModelVerdict.Classes);
        var (pieces, secondStart) = Pieces.Read(one, other);
        var count = pieces.Length;
        // Matrices take vectors by fours: what fills up the last four is read by nobody.
        var rows = (count + PackedMatrix.Rows - 1) / PackedMatrix.Rows * PackedMatrix.Rows;
        var rented = ArrayPool<float>.Shared.Rent((rows * ((2 * Width) + (2 * Hidden))) + PackedMatrix.Space);
        try
        {
            var state = rented.AsSpan(0, rows * Width);
            state[(count * Width)..].Clear();
            Embed(pieces, secondStart, state[..(count * Width)]);
            foreach (var layer in _weights.Layers)
            {
                Apply(layer, state, rented.AsSpan(state.Length), count, rows);
            }

            var mean = rented.AsSpan(state.Length, Width);
            mean.Clear();
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.Add(mean, state.Slice(i * Width, Width), mean);
            }

            TensorPrimitives.Divide(mean, count, mean);
            _weights.Output.Apply(mean, scores, 1);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }

        var most = TensorPrimitives.Max<float>(scores);
        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - most);
        }

        TensorPrimitives.Subtract(scores, most + MathF.Log(sum), scores);
        TensorPrimitives.Max(scores, Least, scores);
    }

    private void Embed(int[] pieces, int secondStart, Span<float> state)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            var row = state.Slice(i * Width, Width);
            TensorPrimitives.Add(_weights.Positions.AsSpan(i * Width, Width), _weights.Sides.AsSpan((i < secondStart ? 0 : 1) * Width, Width), row);
            Vectors.AddScaled(_weights.Pieces.Row(pieces[i]), _weights.Pieces.Scale(pieces[i]), row);
        }

        Transformer.Normalize(_weights.AfterEmbedding, state, state, Epsilon);
    }

    private static void Apply(PairNetworkLayer layer, Span<float> state, Span<float> space, int count, int rows)
    {
        var added = space[..state.Length];
        var wide = space.Slice(added.Length, rows * Hidden);
        var spare = space.Slice(added.Length + wide.Length, wide.Length);
        var panel = space.Slice(added.Length + (2 * wide.Length), PackedMatrix.Space);

        layer.QueryKeyValue.Apply(state, wide, rows, panel);
        spare[(count * Width)..(rows * Width)].Clear();
        Transformer.Attend(wide[..(count * 3 * Width)], spare, Width, PairNetworkShape.Heads, count);
        layer.AttentionOutput.Apply(spare, added, rows, panel);
        TensorPrimitives.Add(state, added, state);
        Transformer.Normalize(layer.AfterAttention, state, state, Epsilon);

        layer.Expand.Apply(state, wide, rows, panel);
        GaussianUnit.Apply(wide, spare);
        layer.Contract.Apply(wide, added, rows, panel);
        TensorPrimitives.Add(state, added, state);
        Transformer.Normalize(layer.AfterFeedForward, state, state, Epsilon);
    }
}
