using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Core.Recall.Index;

/// <summary>
/// Reads what a <see cref="PartWriter"/> of the same build wrote, large arrays straight into their place. The bytes may be damaged: nothing is made as large
/// as they say before it is known that so many of them are left.
/// </summary>
/// <param name="data">The part; of known length.</param>
internal sealed class PartReader(Stream data)
{
    private long _left = data.Length;

    /// <summary>Whether there is more.</summary>
    public bool HasMore => _left > 0;

    /// <exception cref="InvalidDataException">The part is at its end.</exception>
    public T Read<T>()
        where T : unmanaged
    {
        var value = default(T);
        Read(new Span<T>(ref value));
        return value;
    }

    /// <summary>Fills a span with values that lie side by side.</summary>
    /// <exception cref="InvalidDataException">The part is at its end.</exception>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        Need(bytes.Length);
        data.ReadExactly(bytes);
        _left -= bytes.Length;
    }

    /// <summary>Reads how many values of a type follow somewhere in the part.</summary>
    /// <exception cref="InvalidDataException">They would not fit into it.</exception>
    public int ReadCount<T>()
        where T : unmanaged
    {
        var count = Read<int>();
        Need((long)count * Unsafe.SizeOf<T>());
        return count;
    }

    /// <summary>Reads a text that was written with its length.</summary>
    /// <exception cref="InvalidDataException">The part is at its end.</exception>
    public string ReadText()
    {
        var utf8 = new byte[ReadCount<byte>()];
        Read(utf8.AsSpan());
        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Checks that all of it was read: else it is not what it is called.</summary>
    /// <exception cref="InvalidDataException">There is more.</exception>
    public void RequireEnd()
    {
        if (HasMore)
        {
            throw new InvalidDataException($"{_left} bytes of a part of a kept index were not read.");
        }
    }

    private void Need(long bytes)
    {
        if (bytes < 0 || bytes > _left)
        {
            throw new InvalidDataException($"A part of a kept index says that {bytes} bytes follow; {_left} do.");
        }
    }
}
