using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;

namespace Memory.Learning;

/// <summary>
/// Judges two statements by their sentence vectors alone: a perceptron with one hidden layer over what the vectors u and v differ in and
/// share, <c>|u - v|</c> and <c>u * v</c> by element (Conneau et al. 2017, "Supervised Learning of Universal Sentence Representations from
/// Natural Language Inference Data", section 3.1). The same whichever of the two comes first. Thread-safe.
/// </summary>
internal sealed class VectorHead
{
    /// <summary>How many numbers describe two vectors.</summary>
    public const int Inputs = 2 * SentenceEncoder.Dimensions;

    /// <summary>How many units are hidden.</summary>
    public const int Hidden = 48;

    // Vectors of length 1 have elements of some 0.04: inputs of about 1 are learned from best.
    private const float DifferenceScale = 8;
    private const float ProductScale = 128;

    // Below one in ten thousand all is one.
    private static readonly float Least = MathF.Log(1e-4f);

    /// <summary>The weights of each hidden unit, <see cref="Inputs"/> each, one unit behind another.</summary>
    public float[] HiddenWeights { get; } = new float[Hidden * Inputs];

    /// <summary>What is added to each hidden unit.</summary>
    public float[] HiddenBias { get; } = new float[Hidden];

    /// <summary>The weights of each relation, <see cref="Hidden"/> each.</summary>
    public float[] Weights { get; } = new float[PairModelVerdict.Classes * Hidden];

    /// <summary>What is added to each relation.</summary>
    public float[] Bias { get; } = new float[PairModelVerdict.Classes];

    /// <summary>All that is learned.</summary>
    public IReadOnlyList<float[]> Parts => [HiddenWeights, HiddenBias, Weights, Bias];

    /// <summary>Describes two vectors.</summary>
    /// <param name="one">The one, of length 1.</param>
    /// <param name="other">The other.</param>
    /// <param name="inputs">Where the description goes, <see cref="Inputs"/> numbers.</param>
    public static void Describe(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> inputs)
    {
        var difference = inputs[..SentenceEncoder.Dimensions];
        var product = inputs[SentenceEncoder.Dimensions..];
        TensorPrimitives.Subtract(one, other, difference);
        TensorPrimitives.Abs(difference, difference);
        TensorPrimitives.Multiply(difference, DifferenceScale, difference);
        TensorPrimitives.Multiply(one, other, product);
        TensorPrimitives.Multiply(product, ProductScale, product);
    }

    /// <summary>Judges what <see cref="Describe"/> made.</summary>
    /// <param name="inputs">The description.</param>
    /// <param name="hidden">Where the hidden units go, none below 0.</param>
    /// <param name="scores">Where the logarithm of each relation's probability goes.</param>
    public void Judge(ReadOnlySpan<float> inputs, Span<float> hidden, Span<float> scores)
    {
        for (var h = 0; h < Hidden; h++)
        {
            hidden[h] = MathF.Max(0, TensorPrimitives.Dot(inputs, HiddenWeights.AsSpan(h * Inputs, Inputs)) + HiddenBias[h]);
        }

        for (var c = 0; c < scores.Length; c++)
        {
            scores[c] = TensorPrimitives.Dot<float>(hidden, Weights.AsSpan(c * Hidden, Hidden)) + Bias[c];
        }

        var most = TensorPrimitives.Max<float>(scores);
        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - most);
        }

        TensorPrimitives.Subtract(scores, most + MathF.Log(sum), scores);
    }

    /// <inheritdoc cref="IPairModel.JudgeVectors"/>
    public void JudgeVectors(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> scores)
    {
        Span<float> inputs = stackalloc float[Inputs];
        Span<float> hidden = stackalloc float[Hidden];
        Describe(one, other, inputs);
        Judge(inputs, hidden, scores);
        TensorPrimitives.Max(scores, Least, scores);
    }

    /// <summary>Writes the weights.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (var part in Parts)
        {
            writer.Write(MemoryMarshal.AsBytes<float>(part));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The content ends too early, or a weight is no finite number.</exception>
    public static VectorHead Read(ContentReader reader)
    {
        var head = new VectorHead();
        foreach (var part in head.Parts)
        {
            reader.Floats(part.Length).CopyTo(part, 0);
        }

        return head;
    }
}
