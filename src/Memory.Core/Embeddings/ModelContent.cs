namespace Memory.Core.Embeddings;

/// <summary>
/// The content of a model file. That of a file beside the program stays there: what nobody asks for takes no memory, and what is asked for often the system
/// keeps once for all processes. (Mapped, it would count as each process's own, sixteen pages for each that is touched.) That of a file within the program is held in memory.
/// </summary>
internal sealed class ModelContent : IDisposable
{
    private readonly int _start;
    private readonly byte[]? _bytes;
    private readonly FileStream? _file;

    private ModelContent(int start, int length, byte[]? bytes, FileStream? file)
    {
        _start = start;
        Length = length;
        _bytes = bytes;
        _file = file;
    }

    /// <summary>How many bytes it has.</summary>
    public int Length { get; }

    /// <summary>What stands in a file behind its first bytes.</summary>
    /// <param name="file">The file, which the content keeps; where it is read from next is of no meaning.</param>
    /// <param name="start">How many bytes to leave out; not more than there are.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelContent Of(Stream file, int start)
    {
        var length = checked((int)file.Length - start);
        if (file is FileStream beside)
        {
            return new ModelContent(start, length, bytes: null, beside);
        }

        var bytes = GC.AllocateUninitializedArray<byte>(length);
        file.Position = start;
        file.ReadExactly(bytes);
        file.Dispose();
        return new ModelContent(start: 0, length, bytes, file: null);
    }

    /// <summary>Copies bytes. Thread-safe.</summary>
    /// <param name="position">From where, in bytes.</param>
    /// <param name="destination">Where to, and how many.</param>
    /// <exception cref="InvalidDataException">They end past the content.</exception>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void CopyTo(int position, Span<byte> destination)
    {
        if (position < 0 || destination.Length > Length - position)
        {
            throw new InvalidDataException("a section ends past the end of the file");
        }

        if (_file is null)
        {
            _bytes.AsSpan(_start + position, destination.Length).CopyTo(destination);
            return;
        }

        for (int read, copied = 0; copied < destination.Length; copied += read)
        {
            read = RandomAccess.Read(_file.SafeFileHandle, destination[copied..], _start + position + copied);
            if (read == 0)
            {
                throw new EndOfStreamException($"'{_file.Name}' ends too early: somebody wrote to it while it was in use. Install the program again.");
            }
        }
    }

    public void Dispose() => _file?.Dispose();
}
