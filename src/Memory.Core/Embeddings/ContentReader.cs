using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Memory.Core.Embeddings;

/// <summary>
/// Reads the sections of a model file in order. A section that would end past the file, or holds a number that is not finite,
/// throws <see cref="InvalidDataException"/>, which the loader turns into a problem.
/// </summary>
internal sealed class ContentReader(ModelContent content)
{
    private const int BufferLength = 1 << 14;

    // A vocabulary is thousands of small reads, and each would ask the system.
    private byte[]? _buffer;
    private int _bufferStart;
    private int _buffered;
    private int _position;

    public bool AtEnd => _position == content.Length;

    /// <summary>One number from 0 to a limit.</summary>
    public int Count(int limit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        CopyTo(bytes);
        var value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return value >= 0 && value <= limit ? value : throw new InvalidDataException($"a count of {value} stands where at most {limit} is possible");
    }

    /// <summary>Skips a section.</summary>
    /// <returns>Where it begins.</returns>
    public int Skip(int length)
    {
        if (length < 0 || length > content.Length - _position)
        {
            throw new InvalidDataException("a section ends past the end of the file");
        }

        var start = _position;
        _position += length;
        return start;
    }

    public void CopyTo(Span<byte> destination)
    {
        var start = Skip(destination.Length);
        if (destination.Length > BufferLength / 2)
        {
            content.CopyTo(start, destination);
            return;
        }

        if (start < _bufferStart || start + destination.Length > _bufferStart + _buffered)
        {
            _buffer ??= new byte[BufferLength];
            (_bufferStart, _buffered) = (start, Math.Min(BufferLength, content.Length - start));
            content.CopyTo(start, _buffer.AsSpan(0, _buffered));
        }

        _buffer.AsSpan(start - _bufferStart, destination.Length).CopyTo(destination);
    }

    public byte[] Bytes(int length)
    {
        var start = Skip(length);
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        content.CopyTo(start, bytes);
        return bytes;
    }

    public float[] Floats(int count)
    {
        var values = Numbers<float>(count);
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
        var values = Numbers<int>(count);
        if (!BitConverter.IsLittleEndian)
        {
            Reverse(values);
        }

        return values;
    }

    public ulong[] Hashes(int count)
    {
        var values = Numbers<ulong>(count);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(values, values);
        }

        return values;
    }

    private T[] Numbers<T>(int count) where T : unmanaged
    {
        // Before so much memory is taken for a number that a damaged file made up.
        var start = Skip(checked(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
        var values = new T[count];
        content.CopyTo(start, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void Reverse(Span<int> values) => BinaryPrimitives.ReverseEndianness(values, values);
}
