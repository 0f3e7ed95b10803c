namespace Memory.Core.Transfer;

/// <summary>Reads a stream line by line, as bytes. A line that is too long is passed over without being held in memory.</summary>
internal sealed class LineSource(Stream stream)
{
    /// <summary>The longest line, in bytes: a memory of the longest content, all of it escaped, with a long ledger.</summary>
    public const int MaxLine = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isFirst = true;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next line without its end, valid until the next call; <see langword="null"/> at the end.</summary>
    /// <returns>The line, or that it was too long.</returns>
    public async ValueTask<(ReadOnlyMemory<byte> Line, bool TooLong)?> NextAsync(CancellationToken cancellationToken)
    {
        var tooLong = false;
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return Finish(line, tooLong);
            }

            searched = _end - _start;
            if (searched > MaxLine)
            {
                tooLong = true;
                searched = _start = _end = 0;
            }

            if (!await FillAsync(cancellationToken))
            {
                if (_end == _start && !tooLong)
                {
                    return null;
                }

                var rest = _buffer.AsMemory(_start, _end - _start);
                _start = _end;
                return Finish(rest, tooLong);
            }
        }
    }

    private (ReadOnlyMemory<byte> Line, bool TooLong) Finish(ReadOnlyMemory<byte> line, bool tooLong)
    {
        Number++;
        if (_isFirst && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        _isFirst = false;
        line = !line.IsEmpty && line.Span[^1] == '\r' ? line[..^1] : line;
        return (tooLong ? default : line, tooLong || line.Length > MaxLine);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        Bytes += read;
        return read > 0;
    }
}
