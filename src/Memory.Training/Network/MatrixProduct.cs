using System.Runtime.Intrinsics;

namespace Memory.Training.Network;

/// <summary>
/// Products of matrices of floats, as training needs them by the billion: blocks of 8 rows and 32 columns are kept in registers, and what
/// they are made of lies packed in the order of reading (Goto and van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication").
/// The order of summation is fixed, so the same matrices give the same product.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>The number of rows of a product is a multiple of this.</summary>
    public const int Rows = 8;

    /// <summary>The number of its columns is a multiple of this.</summary>
    public const int Columns = 2 * Lanes;

    private const int Lanes = 16;
    private const int Depth = 256;

    /// <summary>A matrix that is multiplied.</summary>
    /// <param name="values">Its numbers, row by row, or those of its transpose.</param>
    /// <param name="isTransposed">Whether they are its transpose's.</param>
    public readonly ref struct Factor(ReadOnlySpan<float> values, bool isTransposed)
    {
        public ReadOnlySpan<float> Values { get; } = values;

        public bool IsTransposed { get; } = isTransposed;

        public static implicit operator Factor(float[] values) => new(values, isTransposed: false);
    }

    /// <summary>The transpose of what lies row by row.</summary>
    public static Factor Transposed(ReadOnlySpan<float> values) => new(values, isTransposed: true);

    /// <summary>What a product needs to pack its factors; one for each thread.</summary>
    public sealed class Space
    {
        private float[] _left = [];

        internal float[] Panel { get; } = GC.AllocateUninitializedArray<float>(Depth * Columns, pinned: true);

        internal float[] Left(int length) => _left.Length >= length ? _left : _left = GC.AllocateUninitializedArray<float>(length, pinned: true);
    }

    /// <summary>Adds a product of two matrices to a third: <c>C += A B</c>.</summary>
    /// <param name="left">A, or its transpose.</param>
    /// <param name="right">B, or its transpose.</param>
    /// <param name="sum">C, row by row.</param>
    /// <param name="rows">The rows of A and C, a multiple of <see cref="Rows"/>.</param>
    /// <param name="depth">The columns of A, which are the rows of B.</param>
    /// <param name="columns">The columns of B and C, a multiple of <see cref="Columns"/>.</param>
    /// <param name="space">Where the factors are packed.</param>
    public static void Add(Factor left, Factor right, Span<float> sum, int rows, int depth, int columns, Space space)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % Rows, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns % Columns, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Values.Length, rows * depth);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Values.Length, depth * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(sum.Length, rows * columns);
        fixed (float* a = left.Values, b = right.Values, c = sum, packed = space.Left(rows * Depth), panel = space.Panel)
        {
            for (var from = 0; from < depth; from += Depth)
            {
                var deep = Math.Min(Depth, depth - from);
                PackLeft(a, left.IsTransposed ? 1 : depth, left.IsTransposed ? rows : 1, from, deep, rows, packed);
                for (var column = 0; column < columns; column += Columns)
                {
                    if (right.IsTransposed)
                    {
                        PackTransposed(b + ((long)column * depth) + from, depth, deep, panel);
                    }
                    else
                    {
                        PackRight(b + ((long)from * columns) + column, columns, deep, panel);
                    }

                    for (var row = 0; row < rows; row += Rows)
                    {
                        AddBlock(packed + (row * deep), panel, deep, c + ((long)row * columns) + column, columns);
                    }
                }
            }
        }
    }

    private static void PackLeft(float* a, int rowStep, int columnStep, int from, int deep, int rows, float* packed)
    {
        for (var row = 0; row < rows; row += Rows)
        {
            for (var k = 0; k < deep; k++)
            {
                var source = a + ((long)row * rowStep) + ((long)(from + k) * columnStep);
                for (var i = 0; i < Rows; i++)
                {
                    *packed++ = source[(long)i * rowStep];
                }
            }
        }
    }

    private static void PackRight(float* b, int step, int deep, float* panel)
    {
        for (var k = 0; k < deep; k++, b += step, panel += Columns)
        {
            Vector512.Store(Vector512.Load(b), panel);
            Vector512.Store(Vector512.Load(b + Lanes), panel + Lanes);
        }
    }

    private static void PackTransposed(float* b, int step, int deep, float* panel)
    {
        for (var column = 0; column < Columns; column++, b += step)
        {
            for (var k = 0; k < deep; k++)
            {
                panel[(k * Columns) + column] = b[k];
            }
        }
    }

    private static void AddBlock(float* left, float* panel, int deep, float* sum, int step)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default, g0 = default, g1 = default, h0 = default, h1 = default;
        for (var k = 0; k < deep; k++, left += Rows, panel += Columns)
        {
            var x = Vector512.Load(panel);
            var y = Vector512.Load(panel + Lanes);
            var factor = Vector512.Create(left[0]);
            (a0, a1) = (Vector512.FusedMultiplyAdd(factor, x, a0), Vector512.FusedMultiplyAdd(factor, y, a1));
            factor = Vector512.Create(left[1]);
            (b0, b1) = (Vector512.FusedMultiplyAdd(factor, x, b0), Vector512.FusedMultiplyAdd(factor, y, b1));
            factor = Vector512.Create(left[2]);
            (c0, c1) = (Vector512.FusedMultiplyAdd(factor, x, c0), Vector512.FusedMultiplyAdd(factor, y, c1));
            factor = Vector512.Create(left[3]);
            (d0, d1) = (Vector512.FusedMultiplyAdd(factor, x, d0), Vector512.FusedMultiplyAdd(factor, y, d1));
            factor = Vector512.Create(left[4]);
            (e0, e1) = (Vector512.FusedMultiplyAdd(factor, x, e0), Vector512.FusedMultiplyAdd(factor, y, e1));
            factor = Vector512.Create(left[5]);
            (f0, f1) = (Vector512.FusedMultiplyAdd(factor, x, f0), Vector512.FusedMultiplyAdd(factor, y, f1));
            factor = Vector512.Create(left[6]);
            (g0, g1) = (Vector512.FusedMultiplyAdd(factor, x, g0), Vector512.FusedMultiplyAdd(factor, y, g1));
            factor = Vector512.Create(left[7]);
            (h0, h1) = (Vector512.FusedMultiplyAdd(factor, x, h0), Vector512.FusedMultiplyAdd(factor, y, h1));
        }

        AddTo(sum, a0, a1);
        AddTo(sum + step, b0, b1);
        AddTo(sum + (2 * step), c0, c1);
        AddTo(sum + (3 * step), d0, d1);
        AddTo(sum + (4 * step), e0, e1);
        AddTo(sum + (5 * step), f0, f1);
        AddTo(sum + (6 * step), g0, g1);
        AddTo(sum + (7 * step), h0, h1);
    }

    private static void AddTo(float* sum, Vector512<float> low, Vector512<float> high)
    {
        Vector512.Store(Vector512.Load(sum) + low, sum);
        Vector512.Store(Vector512.Load(sum + Lanes) + high, sum + Lanes);
    }
}
