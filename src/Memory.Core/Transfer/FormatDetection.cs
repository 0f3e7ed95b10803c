using System.Text;
using Memory.Core.Transfer.Formats;
using Memory.Core.Transfer.Markdown;

namespace Memory.Core.Transfer;

/// <summary>Tells by the beginning of a file, or the first files of a folder, what wrote it.</summary>
internal static class FormatDetection
{
    private const int Looked = 64 * 1024;
    private const int LookedFiles = 20;

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

        var bytes = new byte[Looked];
        var text = Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, Looked, throwOnEndOfStream: false)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length == 0)
        {
            return null;
        }

        if (text[0] is not ('{' or '['))
        {
            // What should be JSON and is not, or is one note of a folder, is no list of what somebody remembers.
            return JsonNames.Contains(Path.GetExtension(path)) || IsNote(text) ? null : ImportFormat.List;
        }

        // White space between the signs of JSON does not matter here.
        var signs = string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
        return signs switch
        {
            _ when signs.StartsWith("{\"format\":\"memory-server\"", StringComparison.Ordinal) || signs.StartsWith("{\"namespace\":", StringComparison.Ordinal) => ImportFormat.Jsonl,
            _ when signs.Contains("\"export_metadata\":", StringComparison.Ordinal) || signs.Contains("\"content_hash\":", StringComparison.Ordinal) => ImportFormat.McpMemoryService,
            _ when signs[0] == '{' && (signs.Contains("\"entityType\":", StringComparison.Ordinal) || signs.Contains("\"relationType\":", StringComparison.Ordinal)) => ImportFormat.McpMemory,
            _ when signs.Contains("\"memory\":", StringComparison.Ordinal) => ImportFormat.Mem0,
            // A line of a list that begins with its date; an array of texts is no list of lines.
            _ when text[0] == '[' && text.Contains(']', StringComparison.Ordinal) && signs is not ['[', '{' or '"' or '[' or ']', ..] => ImportFormat.List,
            _ => null,
        };
    }

    private static bool IsNote(string text) => text.StartsWith("---\n", StringComparison.Ordinal) || text.StartsWith("---\r\n", StringComparison.Ordinal);
}
