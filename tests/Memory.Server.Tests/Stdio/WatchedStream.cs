namespace Memory.Server.Tests.Stdio;

/// <summary>A stream on the way to the client that lets a test act in the middle of a write.</summary>
internal sealed class WatchedStream(Stream inner, Func<Task>? onWriting = null, Func<Task>? onFlushed = null, bool yieldsBetweenBytes = false) : Stream
{
    private int _flushes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (onWriting is not null)
        {
            await onWriting();
        }

        for (var sent = 0; yieldsBetweenBytes && sent < buffer.Length; sent++)
        {
            await inner.WriteAsync(buffer.Slice(sent, 1), cancellationToken);
            await Task.Yield();
        }

        if (!yieldsBetweenBytes)
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
    }

    /// <summary>The test acts after the first one only.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await inner.FlushAsync(cancellationToken);
        if (onFlushed is not null && Interlocked.Increment(ref _flushes) == 1)
        {
            await onFlushed();
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
