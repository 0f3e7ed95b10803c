using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Memory.Core.Embeddings;

/// <summary>
/// Reads the sections of a model file in order. A section that would end past the file, or holds a number that is not finite,
/// throws <see cref="InvalidDataException"/>, which the loader turns into a problem.
/// </summary>
internal sealed class ContentReader(ReadOnlyMemory<byte> content)
{
    private int _position;

    public bool AtEnd => _position == content.Length;

    /// <summary>One number from 0 to a limit.</summary>
    public int Count(int limit)
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)).Span);
        return value >= 0 && value <= limit ? value : throw new InvalidDataException($"a count of {value} stands where at most {limit} is possible");
    }

    public ReadOnlyMemory<byte> Bytes(int length)
    {
        if (length < 0 || length > content.Length - _position)
        {
            throw new InvalidDataException("a section ends past the end of the file");
        }

        var section = content.Slice(_position, length);
        _position += length;
        return section;
    }

    public float[] Floats(int count)
    {
        var values = new float[count];
        Numbers<float>(count).CopyTo(values);
        if (!BitConverter.IsLittleEndian)
        {
            Reverse(MemoryMarshal.Cast<float, int>(values.AsSpan()));
        }

        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new InvalidDataException("a number in it is not finite");
            }
        }

        return values;
    }

    public int[] Integers(int count)
    {
        var values = new int[count];
        Numbers<int>(count).CopyTo(values);
        if (!BitConverter.IsLittleEndian)
        {
            Reverse(values);
        }

        return values;
    }

    public ulong[] Hashes(int count)
    {
        var values = new ulong[count];
        Numbers<ulong>(count).CopyTo(values);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(values, values);
        }

        return values;
    }

    private ReadOnlySpan<T> Numbers<T>(int count) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Bytes(checked(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())).Span);

    private static void Reverse(Span<int> values) => BinaryPrimitives.ReverseEndianness(values, values);
}
