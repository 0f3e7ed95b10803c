using System.Buffers.Binary;
using System.Numerics;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// The bytes of one part of a kept index, read by SQLite straight into whatever asks for them, and their checksum as far as they were read.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="blob">The open value.</param>
internal sealed class PartStream(SqliteSession session, sqlite3_blob blob) : Stream
{
    private readonly int _length = raw.sqlite3_blob_bytes(blob);
    private int _position;
    private uint _sum = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>CRC-32C of what was read so far.</summary>
    public long Checksum => _sum;

    /// <summary>CRC-32C, eight bytes at a time.</summary>
    public static long ChecksumOf(ReadOnlySpan<byte> data) => Add(uint.MaxValue, data);

    public override int Read(Span<byte> buffer)
    {
        var part = buffer[..Math.Min(buffer.Length, _length - _position)];
        if (!part.IsEmpty)
        {
            session.Require(raw.sqlite3_blob_read(blob, part, _position));
            _position += part.Length;
            _sum = Add(_sum, part);
        }

        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static uint Add(uint sum, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var rest in data)
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return sum;
    }
}
