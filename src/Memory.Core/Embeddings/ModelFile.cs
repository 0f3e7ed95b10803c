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

    // No model of this product comes near; a file that claims more is damaged, and must not take the machine's memory.
    private const int MaxLength = 64 << 20;

    /// <summary>A file that passed every check.</summary>
    /// <param name="Content">What is in the envelope.</param>
    /// <param name="Version">32 hexadecimal digits.</param>
    public readonly record struct Checked(ReadOnlyMemory<byte> Content, string Version);

    /// <summary>Reads and checks a file.</summary>
    public static Outcome<Checked> Read(string path, string magic)
    {
        byte[] bytes;
        try
        {
            using var file = ShippedFile.OpenRead(path);
            if (file.Length is < HeaderLength or > MaxLength)
            {
                return Damaged(path, $"it has {file.Length} bytes");
            }

            bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
            if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                return Damaged(path, "it ends too early");
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unavailable($"The model file '{path}' does not exist. Install the program again, or rebuild the file as the README.md of its folder in data/ says.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unavailable($"The model file '{path}' cannot be read: {error.Message}");
        }

        return Open(path, bytes, magic);
    }

    /// <summary>Checks what was read from a file.</summary>
    public static Outcome<Checked> Open(string path, ReadOnlyMemory<byte> file, string magic)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderLength || !bytes[..MagicLength].SequenceEqual(Magic(magic)))
        {
            return Damaged(path, $"it does not begin with '{magic}'");
        }

        var content = bytes[HeaderLength..];
        var declared = BinaryPrimitives.ReadInt32LittleEndian(bytes[MagicLength..]);
        if (declared != content.Length)
        {
            return Damaged(path, $"it should hold {declared} bytes and holds {content.Length}");
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[(MagicLength + 4)..]) == Crc(bytes[VersionStart..])
            ? new Checked(file[HeaderLength..], Convert.ToHexStringLower(bytes[VersionStart..HeaderLength]))
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
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(MagicLength + 4), Crc(file.AsSpan(VersionStart)));
        return file;
    }

    /// <summary>The problem of a file whose content contradicts itself.</summary>
    public static Problem Damaged(string path, string how) => Unavailable(
        $"The model file '{path}' is damaged: {how}. Install the program again, or rebuild the file as the README.md of its folder in data/ says.");

    private static Problem Unavailable(string message) => new(ProblemCode.ModelUnavailable, message);

    private static byte[] Magic(string magic) => System.Text.Encoding.ASCII.GetBytes(magic.PadRight(MagicLength)[..MagicLength]);

    // The processor's own instruction where there is one: 12 MB in a few milliseconds, where a SHA-256 would take most of the time of a start.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var b in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
