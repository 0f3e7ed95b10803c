using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Memory.Core.Embeddings;

namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>
/// A dense layer, <c>y = Wx + b</c>, over many vectors at once. Its weights are bytes with a scale for each output, laid out in the order in which
/// they are read: 64 outputs side by side, for one input after the other. Four vectors share each load of the weights.
/// </summary>
internal sealed class PackedMatrix
{
    /// <summary>The number of vectors is a multiple of this.</summary>
    public const int Rows = 4;

    /// <summary>How many numbers a product needs to widen weights into.</summary>
    public const int Space = Depth * Columns;

    private const int Lanes = 16;
    private const int Columns = 4 * Lanes;
    private const int Depth = 256;

    // Of processors without vectors of 16 numbers four of 8 fill the registers.
    private const int NarrowLanes = 8;
    private const int NarrowColumns = 2 * NarrowLanes;

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _bias;

    /// <summary>Packs a matrix.</summary>
    /// <exception cref="InvalidDataException">The number of its outputs is no multiple of 64.</exception>
    public PackedMatrix(Int8Matrix matrix)
    {
        (Inputs, Outputs) = (matrix.Inputs, matrix.Outputs);
        if (Outputs % Columns != 0)
        {
            throw new InvalidDataException($"a matrix has {Outputs} outputs, no multiple of {Columns}");
        }

        (_weights, _scales, _bias) = (new sbyte[Inputs * Outputs], new float[Outputs], new float[Outputs]);
        for (var o = 0; o < Outputs; o++)
        {
            (_scales[o], _bias[o]) = (matrix.Scale(o), matrix.Bias(o));
            var row = matrix.Row(o);
            var at = (o / Columns * Columns * Inputs) + (o % Columns);
            for (var i = 0; i < Inputs; i++, at += Columns)
            {
                _weights[at] = row[i];
            }
        }
    }

    /// <summary>How many numbers go in.</summary>
    public int Inputs { get; }

    /// <summary>How many come out.</summary>
    public int Outputs { get; }

    /// <summary>Applies the layer to each of several vectors.</summary>
    /// <param name="x">The vectors, one after the other.</param>
    /// <param name="y">Where the results go.</param>
    /// <param name="rows">How many vectors, a multiple of <see cref="Rows"/>.</param>
    /// <param name="space">At least <see cref="Space"/> numbers, overwritten.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, int rows, Span<float> space) => Apply(x, y, rows, space, Vector512.IsHardwareAccelerated);

    // Tests multiply on every processor as both kinds do.
    internal void Apply(ReadOnlySpan<float> x, Span<float> y, int rows, Span<float> space, bool isWide)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % Rows, 0);
        x = x[..(rows * Inputs)];
        y = y[..(rows * Outputs)];
        for (var column = 0; column < Outputs; column += Columns)
        {
            for (var from = 0; from < Inputs; from += Depth)
            {
                var deep = Math.Min(Depth, Inputs - from);
                Widen(_weights.AsSpan((column * Inputs) + (from * Columns), deep * Columns), space);
                for (var row = 0; row < rows; row += Rows)
                {
                    var (here, sums) = ((row * Inputs) + from, (row * Outputs) + column);
                    if (isWide)
                    {
                        AddBlock(x[here..], space[..(deep * Columns)], y[sums..], from == 0);
                    }
                    else
                    {
                        for (var part = 0; part < Columns; part += NarrowColumns)
                        {
                            AddNarrowBlock(x[here..], space[..(deep * Columns)], part, y[(sums + part)..], from == 0);
                        }
                    }
                }
            }

            for (var row = 0; row < rows; row++)
            {
                var done = y.Slice((row * Outputs) + column, Columns);
                for (var i = 0; i < Columns; i += Lanes)
                {
                    ref var result = ref done[i];
                    ((Vector512.LoadUnsafe(ref result) * Vector512.LoadUnsafe(ref _scales[column + i])) + Vector512.LoadUnsafe(ref _bias[column + i])).StoreUnsafe(ref result);
                }
            }
        }
    }

    private static void Widen(ReadOnlySpan<sbyte> weights, Span<float> to)
    {
        for (var i = 0; i < weights.Length; i += Lanes)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(weights[i..]));
            Vector512.ConvertToSingle(Vector512.Create(Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)), Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high)))).CopyTo(to[i..]);
        }
    }

    private void AddBlock(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, bool isFirst)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var v = ref MemoryMarshal.GetReference(x[..((3 * Inputs) + (weights.Length / Columns))]);
        ref var r = ref MemoryMarshal.GetReference(y[..((3 * Outputs) + Columns)]);
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        nuint inputs = (nuint)Inputs, end = (nuint)(weights.Length / Columns);
        for (nuint k = 0; k < end; k++)
        {
            var at = k * Columns;
            var (w0, w1) = (Vector512.LoadUnsafe(ref w, at), Vector512.LoadUnsafe(ref w, at + Lanes));
            var (w2, w3) = (Vector512.LoadUnsafe(ref w, at + (2 * Lanes)), Vector512.LoadUnsafe(ref w, at + (3 * Lanes)));
            var x0 = Vector512.Create(Unsafe.Add(ref v, k));
            (a0, a1, a2, a3) = (Vector512.FusedMultiplyAdd(x0, w0, a0), Vector512.FusedMultiplyAdd(x0, w1, a1), Vector512.FusedMultiplyAdd(x0, w2, a2), Vector512.FusedMultiplyAdd(x0, w3, a3));
            var x1 = Vector512.Create(Unsafe.Add(ref v, k + inputs));
            (b0, b1, b2, b3) = (Vector512.FusedMultiplyAdd(x1, w0, b0), Vector512.FusedMultiplyAdd(x1, w1, b1), Vector512.FusedMultiplyAdd(x1, w2, b2), Vector512.FusedMultiplyAdd(x1, w3, b3));
            var x2 = Vector512.Create(Unsafe.Add(ref v, k + (2 * inputs)));
            (c0, c1, c2, c3) = (Vector512.FusedMultiplyAdd(x2, w0, c0), Vector512.FusedMultiplyAdd(x2, w1, c1), Vector512.FusedMultiplyAdd(x2, w2, c2), Vector512.FusedMultiplyAdd(x2, w3, c3));
            var x3 = Vector512.Create(Unsafe.Add(ref v, k + (3 * inputs)));
            (d0, d1, d2, d3) = (Vector512.FusedMultiplyAdd(x3, w0, d0), Vector512.FusedMultiplyAdd(x3, w1, d1), Vector512.FusedMultiplyAdd(x3, w2, d2), Vector512.FusedMultiplyAdd(x3, w3, d3));
        }

        var outputs = (nuint)Outputs;
        Put(ref r, 0, a0, a1, a2, a3, isFirst);
        Put(ref r, outputs, b0, b1, b2, b3, isFirst);
        Put(ref r, 2 * outputs, c0, c1, c2, c3, isFirst);
        Put(ref r, 3 * outputs, d0, d1, d2, d3, isFirst);
    }

    private void AddNarrowBlock(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, int part, Span<float> y, bool isFirst)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var v = ref MemoryMarshal.GetReference(x[..((3 * Inputs) + (weights.Length / Columns))]);
        ref var r = ref MemoryMarshal.GetReference(y[..((3 * Outputs) + NarrowColumns)]);
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        nuint inputs = (nuint)Inputs, end = (nuint)(weights.Length / Columns), at = (nuint)part;
        for (nuint k = 0; k < end; k++, at += Columns)
        {
            var (w0, w1) = (Vector256.LoadUnsafe(ref w, at), Vector256.LoadUnsafe(ref w, at + NarrowLanes));
            var x0 = Vector256.Create(Unsafe.Add(ref v, k));
            (a0, a1) = (Vector256.FusedMultiplyAdd(x0, w0, a0), Vector256.FusedMultiplyAdd(x0, w1, a1));
            var x1 = Vector256.Create(Unsafe.Add(ref v, k + inputs));
            (b0, b1) = (Vector256.FusedMultiplyAdd(x1, w0, b0), Vector256.FusedMultiplyAdd(x1, w1, b1));
            var x2 = Vector256.Create(Unsafe.Add(ref v, k + (2 * inputs)));
            (c0, c1) = (Vector256.FusedMultiplyAdd(x2, w0, c0), Vector256.FusedMultiplyAdd(x2, w1, c1));
            var x3 = Vector256.Create(Unsafe.Add(ref v, k + (3 * inputs)));
            (d0, d1) = (Vector256.FusedMultiplyAdd(x3, w0, d0), Vector256.FusedMultiplyAdd(x3, w1, d1));
        }

        var outputs = (nuint)Outputs;
        Put(ref r, 0, a0, a1, isFirst);
        Put(ref r, outputs, b0, b1, isFirst);
        Put(ref r, 2 * outputs, c0, c1, isFirst);
        Put(ref r, 3 * outputs, d0, d1, isFirst);
    }

    private static void Put(ref float sums, nuint at, Vector256<float> a, Vector256<float> b, bool isFirst)
    {
        if (!isFirst)
        {
            (a, b) = (a + Vector256.LoadUnsafe(ref sums, at), b + Vector256.LoadUnsafe(ref sums, at + NarrowLanes));
        }

        a.StoreUnsafe(ref sums, at);
        b.StoreUnsafe(ref sums, at + NarrowLanes);
    }

    private static void Put(ref float sums, nuint at, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, bool isFirst)
    {
        if (!isFirst)
        {
            (a, b) = (a + Vector512.LoadUnsafe(ref sums, at), b + Vector512.LoadUnsafe(ref sums, at + Lanes));
            (c, d) = (c + Vector512.LoadUnsafe(ref sums, at + (2 * Lanes)), d + Vector512.LoadUnsafe(ref sums, at + (3 * Lanes)));
        }

        a.StoreUnsafe(ref sums, at);
        b.StoreUnsafe(ref sums, at + Lanes);
        c.StoreUnsafe(ref sums, at + (2 * Lanes));
        d.StoreUnsafe(ref sums, at + (3 * Lanes));
    }
}
