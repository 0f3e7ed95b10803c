using System.Text;

namespace Memory.Core.Transfer.Markdown;

/// <summary>Reads the Markdown files of a folder and its folders. Links to elsewhere are not followed, and what is not text is named.</summary>
internal static class MarkdownFolder
{
    private const long MaxFile = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The files, in the order of their paths, relative to the folder.</summary>
    public static IReadOnlyList<string> Files(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true };
        return [.. Directory.EnumerateFiles(folder, "*.md", options).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file, or why it is not read.</summary>
    public static (string? Text, string? Problem) Read(string folder, string file)
    {
        try
        {
            var info = new FileInfo(Path.Combine(folder, file));
            return info.Length > MaxFile
                ? (null, $"The file has more than {MaxFile / 1024 / 1024} MB.")
                : (Strict.GetString(File.ReadAllBytes(info.FullName)).TrimStart('\uFEFF'), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "The file is not UTF-8.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"The file cannot be read: {error.Message}");
        }
    }
}
