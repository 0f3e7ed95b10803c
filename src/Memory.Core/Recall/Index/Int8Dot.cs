using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Memory.Core.Recall.Index;

/// <summary>
/// The scalar product of two vectors of signed bytes, exact in 32 bits for up to 65,536 dimensions. Bytes are widened before they are multiplied:
/// the products of bytes do not fit into bytes.
/// </summary>
internal static class Int8Dot
{
    private const int Lanes = 16;

    private const int WideLanes = 32;

    public static int Of(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) =>
        Avx512BW.IsSupported && a.Length >= WideLanes ? WithAvx512(a, b) : Narrow(a, b);

    /// <summary>What processors without AVX-512 do; the same numbers.</summary>
    internal static int Narrow(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) => Avx2.IsSupported ? WithAvx2(a, b) : Portable(a, b);

    /// <summary>What processors without AVX2 do; the same numbers.</summary>
    internal static int Portable(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            var (leftLow, leftHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref x, (nuint)i));
            var (rightLow, rightHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref y, (nuint)i));
            // 127 x 127 fits into 16 bits; the sum of two such products may not.
            sums += Widened(leftLow * rightLow) + Widened(leftHigh * rightHigh);
        }

        return Vector256.Sum(sums) + Rest(a, b, i);
    }

    // Two sums, so that an addition need not wait for the one before it.
    private static int WithAvx512(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var (even, odd) = (Vector512<int>.Zero, Vector512<int>.Zero);
        var i = 0;
        for (; i <= a.Length - (2 * WideLanes); i += 2 * WideLanes)
        {
            even += Products(ref x, ref y, i);
            odd += Products(ref x, ref y, i + WideLanes);
        }

        for (; i <= a.Length - WideLanes; i += WideLanes)
        {
            even += Products(ref x, ref y, i);
        }

        return Vector512.Sum(even + odd) + Rest(a, b, i);
    }

    private static Vector512<int> Products(ref sbyte x, ref sbyte y, int at) => Avx512BW.MultiplyAddAdjacent(
        Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref x, (nuint)at)),
        Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref y, (nuint)at)));

    private static int WithAvx2(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sums = Vector256<int>.Zero;
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            var left = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref x, (nuint)i));
            var right = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref y, (nuint)i));
            sums += Avx2.MultiplyAddAdjacent(left, right);
        }

        return Vector256.Sum(sums) + Rest(a, b, i);
    }

    private static int Rest(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, int from)
    {
        var sum = 0;
        for (var i = from; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static Vector256<int> Widened(Vector128<short> products)
    {
        var (low, high) = Vector128.Widen(products);
        return Vector256.Create(low, high);
    }
}
