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
    private const int Together = 8;

    public int Inputs { get; } = weights.Length / scales.Length;

    public int Outputs => scales.Length;

    public ReadOnlySpan<sbyte> Row(int output) => MemoryMarshal.Cast<byte, sbyte>(weights.Span.Slice(output * Inputs, Inputs));

    public float Scale(int output) => scales[output];

    public float Bias(int output) => bias[output];

    /// <summary>Applies the layer to each of several vectors.</summary>
    /// <param name="x">The vectors, one after the other, <see cref="Inputs"/> numbers each.</param>
    /// <param name="y">Where the results go, <see cref="Outputs"/> numbers for each vector.</param>
    /// <param name="count">How many vectors.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, int count)
    {
        Span<float> row = stackalloc float[Inputs];
        Span<float> sums = stackalloc float[Together];
        for (var o = 0; o < Outputs; o++)
        {
            // Widened once for all vectors: a text has tens of them.
            Vectors.Widen(Row(o), row);
            for (var done = 0; done < count;)
            {
                // The last few are taken together with some that are done already, which costs less than one by one.
                var taken = count >= Together && Inputs % Lanes == 0 ? Together : 1;
                var first = Math.Min(done, count - taken);
                if (taken == 1)
                {
                    sums[0] = Vectors.Dot(row, x.Slice(first * Inputs, Inputs));
                }
                else
                {
                    Dot8(row, x.Slice(first * Inputs, Together * Inputs), sums);
                }

                for (var i = 0; i < taken; i++)
                {
                    y[((first + i) * Outputs) + o] = Finish(sums[i], o);
                }

                done = first + taken;
            }
        }
    }

    private float Finish(float sum, int output) => (sum * scales[output]) + bias[output];

    // Eight vectors share each load of the weights, and keep both multipliers of a core busy, for none waits for its own last sum.
    // The order of summation is that of Vectors.Dot, so a text's vector does not depend on its length.
    private static void Dot8(ReadOnlySpan<float> row, ReadOnlySpan<float> x, Span<float> sums)
    {
        var n = row.Length;
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        ref var w = ref MemoryMarshal.GetReference(row);
        ref var v = ref MemoryMarshal.GetReference(x[..(Together * n)]);
        for (var i = 0; i < n; i += Lanes)
        {
            var weights = Vector256.LoadUnsafe(ref w, (nuint)i);
            a = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)i), a);
            b = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)(n + i)), b);
            c = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((2 * n) + i)), c);
            d = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((3 * n) + i)), d);
            e = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((4 * n) + i)), e);
            f = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((5 * n) + i)), f);
            g = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((6 * n) + i)), g);
            h = Vector256.FusedMultiplyAdd(weights, Vector256.LoadUnsafe(ref v, (nuint)((7 * n) + i)), h);
        }

        sums[0] = Vectors.Sum(a);
        sums[1] = Vectors.Sum(b);
        sums[2] = Vectors.Sum(c);
        sums[3] = Vectors.Sum(d);
        sums[4] = Vectors.Sum(e);
        sums[5] = Vectors.Sum(f);
        sums[6] = Vectors.Sum(g);
        sums[7] = Vectors.Sum(h);
    }
}
