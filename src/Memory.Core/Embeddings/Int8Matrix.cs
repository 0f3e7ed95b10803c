using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Memory.Core.Embeddings;

/// <summary>
/// A dense layer, y = Wx + b, whose weights are bytes: one row an output, each row with its own scale.
/// Per-row scales keep the rounding error of each output in proportion to its own weights.
/// </summary>
/// <param name="weights">Outputs × inputs signed bytes, row by row.</param>
/// <param name="scales">One factor an output.</param>
/// <param name="bias">One number an output.</param>
internal sealed class Int8Matrix(ReadOnlyMemory<byte> weights, float[] scales, float[] bias)
{
    private const int Lanes = 8;

    public int Inputs { get; } = weights.Length / scales.Length;

    public int Outputs => scales.Length;

    public ReadOnlySpan<sbyte> Row(int output) => MemoryMarshal.Cast<byte, sbyte>(weights.Span.Slice(output * Inputs, Inputs));

    public float Scale(int output) => scales[output];

    /// <summary>Applies the layer to each of several vectors.</summary>
    /// <param name="x">The vectors, one after the other, <see cref="Inputs"/> numbers each.</param>
    /// <param name="y">Where the results go, <see cref="Outputs"/> numbers for each vector.</param>
    /// <param name="count">How many vectors.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, int count)
    {
        Span<float> row = stackalloc float[Inputs];
        for (var o = 0; o < Outputs; o++)
        {
            // Widened once for all vectors: a text has tens of them.
            Vectors.Widen(Row(o), row);
            var i = 0;
            for (; i <= count - 4; i += 4)
            {
                var (a, b, c, d) = Dot4(row, x.Slice(i * Inputs, 4 * Inputs));
                y[(i * Outputs) + o] = Finish(a, o);
                y[((i + 1) * Outputs) + o] = Finish(b, o);
                y[((i + 2) * Outputs) + o] = Finish(c, o);
                y[((i + 3) * Outputs) + o] = Finish(d, o);
            }

            for (; i < count; i++)
            {
                y[(i * Outputs) + o] = Finish(Vectors.Dot(row, x.Slice(i * Inputs, Inputs)), o);
            }
        }
    }

    private float Finish(float sum, int output) => (sum * scales[output]) + bias[output];

    // Four vectors share each load of the weights. The order of summation is that of Vectors.Dot, so a text's vector does not depend on its length.
    private static (float A, float B, float C, float D) Dot4(ReadOnlySpan<float> row, ReadOnlySpan<float> x)
    {
        var n = row.Length;
        if (n % Lanes != 0)
        {
            return (Vectors.Dot(row, x[..n]), Vectors.Dot(row, x[n..]), Vectors.Dot(row, x[(2 * n)..]), Vectors.Dot(row, x[(3 * n)..]));
        }

        Vector256<float> a = default, b = default, c = default, d = default;
        ref var w = ref MemoryMarshal.GetReference(row);
        ref var v = ref MemoryMarshal.GetReference(x);
        for (var i = 0; i < n; i += Lanes)
        {
            var weights = Vector256.LoadUnsafe(ref w, (nuint)i);
            a = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)i), a);
            b = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)(n + i)), b);
            c = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((2 * n) + i)), c);
            d = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((3 * n) + i)), d);
        }

        return (Vectors.Sum(a), Vectors.Sum(b), Vectors.Sum(c), Vectors.Sum(d));
    }
}
