using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Core.Recall.Index;

/// <summary>Reads what a <see cref="PartWriter"/> of the same build wrote.</summary>
/// <param name="data">The part.</param>
internal ref struct PartReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Whether there is more.</summary>
    public readonly bool HasMore => !_rest.IsEmpty;

    public T Read<T>()
        where T : unmanaged
    {
        var value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[Unsafe.SizeOf<T>()..];
        return value;
    }

    /// <summary>Fills a span with values that lie side by side.</summary>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        _rest[..bytes.Length].CopyTo(bytes);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Reads a text that was written with its length.</summary>
    public string ReadText()
    {
        var length = Read<int>();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }
}
