using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>The network's activation and its gradient; see <see cref="GaussianUnit"/>.</summary>
internal static class Gelu
{
    /// <summary>Applies it.</summary>
    /// <param name="x">What goes in; kept for <see cref="Backward"/>.</param>
    /// <param name="tangents">Where what <see cref="Backward"/> needs goes.</param>
    /// <param name="y">Where the results go.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> tangents, Span<float> y)
    {
        tangents = tangents[..x.Length];
        GaussianUnit.Tangents(x, tangents);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = 0.5f * x[i] * (1 + tangents[i]);
        }
    }

    /// <summary>Turns the gradient of the results into that of what went in.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> tangents, Span<float> gradient)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var (v, t) = (x[i], tangents[i]);
            gradient[i] *= (0.5f * (1 + t)) + (0.5f * v * (1 - (t * t)) * GaussianUnit.Slope * (1 + (3 * GaussianUnit.Cubic * v * v)));
        }
    }
}
