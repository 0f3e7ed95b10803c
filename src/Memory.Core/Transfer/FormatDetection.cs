using Memory.Core.Transfer.Formats;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Transfer;

/// <summary>Tells by the beginning of a file, or the first files of a folder, what wrote it.</summary>
internal static class FormatDetection
{
    private const int FirstLook = 64 * 1024;
    private const int LastLook = 4 * 1024 * 1024;
    private const int LookedFiles = 20;

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    private static readonly HashSet<string> JsonNames = new([".json", ".jsonl", ".ndjson"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImportFormat? Of(string path)
    {
        if (Directory.Exists(path))
        {
            var notes = MarkdownFolder.List(path).Files.Take(LookedFiles).Select(f => MarkdownFolder.Read(path, f).Text).OfType<string>();
            return notes.Any(static t => BasicMemoryReader.IsNote(FrontMatter.Read(t))) ? ImportFormat.BasicMemory : ImportFormat.Markdown;
        }

        using var stream = File.OpenRead(path);
        if (!stream.CanSeek)
        {
            // What is read of a pipe to look at it would be missing from the import.
            return null;
        }

        // Most files say it in their first words. One long entry in front may hide it: then more is read, up to an end.
        var bytes = new byte[FirstLook];
        for (var read = 0; ; Array.Resize(ref bytes, bytes.Length * 4))
        {
            read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            var found = Of(path, bytes.AsSpan(0, read));
            if (found is not null || read < bytes.Length || bytes.Length >= LastLook)
            {
                return found;
            }
        }
    }

    private static ImportFormat? Of(string path, ReadOnlySpan<byte> beginning)
    {
        var text = (beginning.StartsWith("\uFEFF"u8) ? beginning[3..] : beginning).TrimStart(Space);
        // A database, a program or a picture is no list of lines.
        if (text.IsEmpty || text.Contains((byte)0))
        {
            return null;
        }

        if (text[0] is not ((byte)'{' or (byte)'['))
        {
            // What should be JSON and is not, or is one note of a folder, is no list of what somebody remembers.
            return JsonNames.Contains(Path.GetExtension(path)) || IsNote(text) ? null : ImportFormat.List;
        }

        var signs = WithoutSpace(text);
        return signs switch
        {
            _ when signs.StartsWith("{\"format\":\"memory-server\""u8) || signs.StartsWith("{\"namespace\":"u8) => ImportFormat.Jsonl,
            _ when Contains(signs, "\"export_metadata\":"u8) || Contains(signs, "\"content_hash\":"u8) => ImportFormat.McpMemoryService,
            _ when signs[0] == '{' && (Contains(signs, "\"entityType\":"u8) || Contains(signs, "\"relationType\":"u8)) => ImportFormat.McpMemory,
            _ when Contains(signs, "\"memory\":"u8) => ImportFormat.Mem0,
            // A line of a list that begins with its date; an array of texts is no list of lines.
            _ when signs[0] == '[' && Contains(signs, "]"u8) && signs[1] is not ((byte)'{' or (byte)'"' or (byte)'[' or (byte)']') => ImportFormat.List,
            _ => null,
        };
    }

    // White space between the signs of JSON does not matter here.
    private static ReadOnlySpan<byte> WithoutSpace(ReadOnlySpan<byte> text)
    {
        var (signs, length) = (new byte[text.Length], 0);
        foreach (var sign in text)
        {
            signs[length] = sign;
            length += Space.Contains(sign) ? 0 : 1;
        }

        return signs.AsSpan(0, length);
    }

    private static bool Contains(ReadOnlySpan<byte> signs, ReadOnlySpan<byte> word) => signs.IndexOf(word) >= 0;

    private static bool IsNote(ReadOnlySpan<byte> text) => text.StartsWith("---\n"u8) || text.StartsWith("---\r\n"u8);
}
