using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Markdown;

/// <summary>
/// The files of earlier exports in a folder. A file counts as one of them when its name ends in an id and its front matter names the same: what
/// somebody else wrote is never touched.
/// </summary>
internal static class WrittenFiles
{
    private const int Page = 200;

    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System };

    /// <summary>Makes sure that nothing leads elsewhere.</summary>
    /// <exception cref="IOException">It is a symbolic link.</exception>
    public static void RequireNoLink(FileSystemInfo place)
    {
        if (place.LinkTarget is not null)
        {
            throw new IOException($"'{place.FullName}' is a symbolic link; nothing is written through links. Remove it, or name another folder.");
        }
    }

    /// <summary>Makes sure that a file may be written over.</summary>
    /// <exception cref="IOException">It is a symbolic link, or somebody else wrote it.</exception>
    public static void RequireOwn(string path, MemoryId id)
    {
        var file = new FileInfo(path);
        RequireNoLink(file);
        if (file.Exists && !IsOf(path, id))
        {
            throw new IOException($"'{file.FullName}' was not written by an export of memory {id.Value}; it is left as it is. Move it away, or name another folder.");
        }
    }

    /// <summary>Removes the files of memories that were forgotten or replaced since: an export holds what is there.</summary>
    public static async Task RemoveGoneAsync(IMemoryStore store, Namespace ns, string folder, CancellationToken cancellationToken)
    {
        var named = Directory.EnumerateFiles(folder, "*.md", Options)
            .Select(static path => (Path: path, Id: MemoryFile.IdOfName(Path.GetFileName(path)))).Where(static f => f.Id is not null).ToArray();
        foreach (var files in named.Chunk(Page))
        {
            var gone = await store.ReadAsync(
                ns, reader => reader.FindMany([.. files.Select(static f => f.Id!.Value).Distinct()]).Where(static m => !MarkdownExport.Holds(m)).Select(static m => m.Id).ToHashSet(),
                cancellationToken);
            foreach (var (path, id) in files.Where(f => gone.Contains(f.Id!.Value)))
            {
                if (IsOf(path, id!.Value))
                {
                    File.Delete(path);
                }
            }
        }
    }

    private static bool IsOf(string path, MemoryId id) =>
        MarkdownFolder.Read(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Text is { } text && FrontMatter.Read(text).Text("id") == id.Value;
}
