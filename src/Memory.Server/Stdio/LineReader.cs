namespace Memory.Server.Stdio;

/// <summary>Reads lines of bytes of a bounded length. Of a longer line it keeps the beginning and skips the rest, whatever its length.</summary>
internal sealed class LineReader(Stream input, int maxLineBytes)
{
    private const int InitialBytes = 16 * 1024;

    /// <summary>How much is kept of a line that is too long: enough to find the id of a request.</summary>
    private const int PrefixBytes = 4 * 1024;

    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;

    /// <summary>The next line without its line feed, or <see langword="null"/> at the end of input. Waits on the calling thread.</summary>
    public InputLine? Read()
    {
        var scanned = _start;
        while (true)
        {
            var feed = _buffer.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return Take(scanned + feed, skip: 1);
            }

            if (_end - _start > maxLineBytes)
            {
                return SkipLine();
            }

            scanned = _end - _start;
            MakeRoom();
            var read = input.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                // A last line without its feed is a line all the same.
                return _end > _start ? Take(_end, skip: 0) : null;
            }

            _end += read;
        }
    }

    private InputLine Take(int end, int skip)
    {
        var length = end - _start;
        var line = length > maxLineBytes
            ? new InputLine(_buffer.AsSpan(_start, PrefixBytes).ToArray(), IsTooLong: true)
            : new InputLine(_buffer.AsSpan(_start, length).ToArray(), IsTooLong: false);
        _start = end + skip;
        return line;
    }

    private InputLine SkipLine()
    {
        var prefix = _buffer.AsSpan(_start, PrefixBytes).ToArray();
        _buffer = new byte[InitialBytes];
        (_start, _end) = (0, 0);
        while ((_end = input.Read(_buffer)) > 0)
        {
            var feed = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _start = feed + 1;
                break;
            }
        }

        return new InputLine(prefix, IsTooLong: true);
    }

    // Moves what is unread to the front, and doubles the buffer when it is full all the same.
    private void MakeRoom()
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        var target = unread.Length < _buffer.Length ? _buffer : new byte[_buffer.Length * 2];
        if (unread.IsEmpty && _buffer.Length > InitialBytes)
        {
            target = new byte[InitialBytes];
        }

        unread.CopyTo(target);
        (_start, _end) = (0, unread.Length);
        _buffer = target;
    }
}

/// <summary>One line of input.</summary>
/// <param name="Bytes">Its bytes; the first 4 KiB when it is too long.</param>
/// <param name="IsTooLong">Whether it was longer than allowed.</param>
internal readonly record struct InputLine(byte[] Bytes, bool IsTooLong);
