using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Memory.Core.Embeddings;

/// <summary>
/// Kernels over vectors, of the embeddings above all, whose order of summation is defined here: eight running sums, then by halves.
/// A library may sum in another order on another processor, and a model trained with it would not come out byte for byte the same.
/// </summary>
internal static class Vectors
{
    private const int Lanes = 8;

    /// <summary>The scalar product of two vectors of one length.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector256<float>.Zero;
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            sums = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, (nuint)i), Vector256.LoadUnsafe(ref y, (nuint)i), sums);
        }

        var sum = Sum(sums);
        for (; i < a.Length; i++)
        {
            sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row of bytes to a vector of the same length.</summary>
    public static void AddScaled(ReadOnlySpan<sbyte> row, float scale, Span<float> target)
    {
        var factor = Vector256.Create(scale);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(target[..row.Length]);
        var i = 0;
        for (; i <= row.Length - (2 * Lanes); i += 2 * Lanes)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            AddScaled(low, factor, ref Unsafe.Add(ref to, i));
            AddScaled(high, factor, ref Unsafe.Add(ref to, i + Lanes));
        }

        for (; i < row.Length; i++)
        {
            target[i] = MathF.FusedMultiplyAdd(row[i], scale, target[i]);
        }
    }

    /// <summary>Adds a multiple of a vector to another of the same length; each product is rounded before it is added.</summary>
    public static void AddMultiple(ReadOnlySpan<float> vector, float factor, Span<float> target)
    {
        ref var from = ref MemoryMarshal.GetReference(vector);
        ref var to = ref MemoryMarshal.GetReference(target[..vector.Length]);
        var i = 0;
        for (; i <= vector.Length - Lanes; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (Vector256.LoadUnsafe(ref from, (nuint)i) * factor)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < vector.Length; i++)
        {
            target[i] += vector[i] * factor;
        }
    }

    /// <summary>Makes floats of bytes.</summary>
    public static void Widen(ReadOnlySpan<sbyte> row, Span<float> target)
    {
        target[..row.Length].Clear();
        AddScaled(row, 1, target[..row.Length]);
    }

    /// <summary>Brings a vector to length 1. One whose length is 0 or no number becomes all zeros.</summary>
    /// <returns>Whether it has a direction.</returns>
    public static bool Normalize(Span<float> vector)
    {
        var square = Dot(vector, vector);
        if (!(square > 1e-20f) || !float.IsFinite(square))
        {
            vector.Clear();
            return false;
        }

        var factor = 1 / MathF.Sqrt(square);
        foreach (ref var value in vector)
        {
            value *= factor;
        }

        return true;
    }

    /// <summary>Adds eight numbers: first the halves, then the halves of those.</summary>
    public static float Sum(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private static void AddScaled(Vector128<short> numbers, Vector256<float> factor, ref float target)
    {
        var (low, high) = Vector128.Widen(numbers);
        var floats = Vector256.ConvertToSingle(Vector256.Create(low, high));
        Vector256.FusedMultiplyAdd(floats, factor, Vector256.LoadUnsafe(ref target)).StoreUnsafe(ref target);
    }
}
