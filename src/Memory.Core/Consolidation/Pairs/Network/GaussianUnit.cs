using System.Numerics.Tensors;

namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>
/// The Gaussian error linear unit in its form by hyperbolic tangent (Hendrycks and Gimpel 2016, arXiv 1606.08415, section 2):
/// <c>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)))</c>.
/// </summary>
internal static class GaussianUnit
{
    /// <summary>sqrt(2 / pi).</summary>
    public const float Slope = 0.79788456f;

    /// <summary>The factor of the cube.</summary>
    public const float Cubic = 0.044715f;

    /// <summary>Applies it in place.</summary>
    /// <param name="values">The values.</param>
    /// <param name="space">At least as many numbers, overwritten.</param>
    public static void Apply(Span<float> values, Span<float> space)
    {
        space = space[..values.Length];
        Tangents(values, space);
        TensorPrimitives.Add(space, 1, space);
        TensorPrimitives.Multiply(space, 0.5f, space);
        TensorPrimitives.Multiply(values, space, values);
    }

    /// <summary>The hyperbolic tangent in the formula.</summary>
    public static void Tangents(ReadOnlySpan<float> values, Span<float> tangents)
    {
        TensorPrimitives.Multiply(values, values, tangents);
        TensorPrimitives.Multiply(tangents, Cubic, tangents);
        TensorPrimitives.Add(tangents, 1, tangents);
        TensorPrimitives.Multiply(tangents, values, tangents);
        TensorPrimitives.Multiply(tangents, Slope, tangents);
        TensorPrimitives.Tanh(tangents, tangents);
    }
}
