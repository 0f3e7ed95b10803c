using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Memory.Core.Memories;

namespace Memory.Core.Embeddings;

/// <summary>
/// The envelope of a model file: 8 bytes of magic, the length of the content (int32), a CRC-32C of all that follows (uint32),
/// the first 16 bytes of the content's SHA-256 (the version), the content. All numbers are little-endian.
/// A torn download, a flipped bit or a file of something else is told from a good one before anything of it is used.
/// </summary>
internal static class ModelFile
{
    private const int MagicLength = 8;
    private const int VersionStart = 16;
    private const int HeaderLength = 32;
    private const int ChunkLength = 1 << 16;

    // No model of this product comes near; a file that claims more is damaged, and must not take the machine's memory.
    private const int MaxLength = 64 << 20;

    /// <summary>A file that passed every check.</summary>
    /// <param name="Content">What is in the envelope.</param>
    /// <param name="Version">32 hexadecimal digits.</param>
    public readonly record struct Checked(ModelContent Content, string Version);

    /// <summary>Checks a file and opens its content.</summary>
    public static Outcome<Checked> Read(string path, string magic)
    {
        Stream? file = null;
        try
        {
            file = ShippedFile.OpenRead(path);
            var opened = Open(path, file, magic);
            if (opened.Succeeded)
            {
                file = null;
            }

            return opened;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unavailable($"The model file '{path}' does not exist. Install the program again, or rebuild the file as the README.md of its folder in data/ says.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unavailable($"The model file '{path}' cannot be read: {error.Message}");
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Checks a file that is open and opens its content.</summary>
    /// <param name="path">What to call it.</param>
    /// <param name="file">The file, from its beginning; kept by the content when there is one.</param>
    /// <param name="magic">What it should begin with.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Outcome<Checked> Open(string path, Stream file, string magic)
    {
        if (file.Length is < HeaderLength or > MaxLength)
        {
            return Damaged(path, $"it has {file.Length} bytes");
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        file.ReadExactly(header);
        if (!header[..MagicLength].SequenceEqual(Magic(magic)))
        {
            return Damaged(path, $"it does not begin with '{magic}'");
        }

        var declared = BinaryPrimitives.ReadInt32LittleEndian(header[MagicLength..]);
        if (declared != file.Length - HeaderLength)
        {
            return Damaged(path, $"it should hold {declared} bytes and holds {file.Length - HeaderLength}");
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(header[(MagicLength + 4)..]) == Crc(header[VersionStart..], file)
            ? new Checked(ModelContent.Of(file, HeaderLength), Convert.ToHexStringLower(header[VersionStart..]))
            : Damaged(path, "its checksum is wrong");
    }

    /// <summary>Puts content into its envelope.</summary>
    public static byte[] Wrap(string magic, ReadOnlySpan<byte> content)
    {
        var file = new byte[HeaderLength + content.Length];
        Magic(magic).CopyTo(file, 0);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(MagicLength), content.Length);
        SHA256.HashData(content)[..(HeaderLength - VersionStart)].CopyTo(file, VersionStart);
        content.CopyTo(file.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(MagicLength + 4), ~Crc(uint.MaxValue, file.AsSpan(VersionStart)));
        return file;
    }

    /// <summary>The problem of a file whose content contradicts itself.</summary>
    public static Problem Damaged(string path, string how) => Unavailable(
        $"The model file '{path}' is damaged: {how}. Install the program again, or rebuild the file as the README.md of its folder in data/ says.");

    private static Problem Unavailable(string message) => new(ProblemCode.ModelUnavailable, message);

    private static byte[] Magic(string magic) => System.Text.Encoding.ASCII.GetBytes(magic.PadRight(MagicLength)[..MagicLength]);

    private static uint Crc(ReadOnlySpan<byte> first, Stream rest)
    {
        var crc = Crc(uint.MaxValue, first);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        for (int read; (read = rest.ReadAtLeast(chunk.AsSpan(0, ChunkLength), ChunkLength, throwOnEndOfStream: false)) > 0;)
        {
            crc = Crc(crc, chunk.AsSpan(0, read));
        }

        ArrayPool<byte>.Shared.Return(chunk);
        return ~crc;
    }

    // The processor's own instruction where there is one: 12 MB in a few milliseconds, where a SHA-256 would take most of the time of a start.
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var b in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
