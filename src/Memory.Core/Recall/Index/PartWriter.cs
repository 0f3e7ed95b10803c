using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Memory.Core.Recall.Index;

/// <summary>Writes one part of an index that is kept: numbers and texts as they lie in memory, for the same build reads them again.</summary>
internal sealed class PartWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written since <see cref="Clear"/>; valid until the next writing.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>How many bytes that are.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Begins another part.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    public void Write<T>(T value)
        where T : unmanaged => Write(new ReadOnlySpan<T>(in value));

    /// <summary>Writes values side by side; how many there are the reader must know.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _bytes.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Writes a text with its length.</summary>
    public void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(length));
        _bytes.Advance(length);
    }
}
