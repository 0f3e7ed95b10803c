using System.Text;

namespace Memory.Core.Transfer.Markdown;

/// <summary>Reads the Markdown files of a folder and its folders. Links to elsewhere are not followed, and what is not read is named.</summary>
internal static class MarkdownFolder
{
    private const long MaxFile = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The files in the order of their paths, relative to the folder, and what in it is passed over, with the reason.</summary>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    public static (IReadOnlyList<string> Files, IReadOnlyList<Rejection> PassedOver) List(string folder)
    {
        var (files, passedOver) = (new List<string>(), new List<Rejection>());
        var root = new DirectoryInfo(folder);
        var open = new Stack<DirectoryInfo>([root]);
        while (open.TryPop(out var current))
        {
            FileSystemInfo[] entries;
            try
            {
                entries = current.GetFileSystemInfos("*", Options);
            }
            catch (Exception error) when (current != root && error is IOException or UnauthorizedAccessException)
            {
                passedOver.Add(new Rejection(Path.GetRelativePath(folder, current.FullName), "The folder cannot be read."));
                continue;
            }

            foreach (var entry in entries)
            {
                var isNote = entry.Extension.Equals(".md", StringComparison.OrdinalIgnoreCase);
                var name = Path.GetRelativePath(folder, entry.FullName);
                if (entry.LinkTarget is not null)
                {
                    if (isNote || Directory.Exists(entry.FullName))
                    {
                        passedOver.Add(new Rejection(name, "It is a symbolic link; links are not followed. Copy what it names into the folder to import it."));
                    }
                }
                else if (entry is DirectoryInfo inner)
                {
                    // What other programs keep for themselves (.git, .obsidian) is none of the owner's notes.
                    if (!inner.Name.StartsWith('.'))
                    {
                        open.Push(inner);
                    }
                }
                else if (isNote && entry.Name.StartsWith('.'))
                {
                    passedOver.Add(new Rejection(name, "It is a hidden file: its name begins with a dot."));
                }
                else if (isNote)
                {
                    files.Add(name);
                }
            }
        }

        files.Sort(StringComparer.Ordinal);
        passedOver.Sort(static (a, b) => string.CompareOrdinal(a.Place, b.Place));
        return (files, passedOver);
    }

    /// <summary>The text of a file, or why it is not read.</summary>
    public static (string? Text, string? Problem) Read(string folder, string file)
    {
        try
        {
            var info = new FileInfo(Path.Combine(folder, file));
            if (info.Length == 0)
            {
                // A named pipe has no length either, and to open one waits until somebody writes into it.
                return (null, "The file is empty, or no regular file; only regular files are read.");
            }

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
