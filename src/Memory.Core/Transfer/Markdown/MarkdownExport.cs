using System.Text;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Transfer.Markdown;

/// <summary>
/// Writes active and archived memories as a folder of Markdown files, a folder a namespace and a file a memory: to read, to edit, to import
/// again. Files of an earlier export whose memories are no longer there are removed. Evidence, lineage and runs are not in it; the JSON lines have them.
/// </summary>
/// <param name="store">The store.</param>
public sealed class MarkdownExport(IMemoryStore store)
{
    private const int Page = 200;

    /// <summary>Writes the files. Files of earlier exports are replaced or removed, others are left alone.</summary>
    /// <param name="namespaces">The namespaces.</param>
    /// <param name="folder">The folder; it is made when it is missing.</param>
    /// <param name="progress">Is told how many files were written.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="IOException">A folder or a file cannot be written, is a symbolic link, or was written by somebody else.</exception>
    public async Task<int> WriteAsync(IReadOnlyList<Namespace> namespaces, string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(namespaces);
        var written = 0;
        foreach (var ns in namespaces)
        {
            // A name of a namespace or an id holds nothing that a path could be led astray by, save for the names of the folder itself and its parent.
            var target = Path.Combine(folder, ns.Value.Trim('.').Length == 0 ? "_" : ns.Value);
            WrittenFiles.RequireNoLink(new DirectoryInfo(target));
            CreateFolder(target);
            PartialFile.RemoveAbandonedIn(target, TimeProvider.System.GetUtcNow(), static name => name.Contains(".md.partial-", StringComparison.Ordinal));
            var place = 0L;
            while (await store.ReadAsync(ns, r => r.StoredAfter(place, Page), cancellationToken) is { Count: > 0 } page)
            {
                place = page[^1].Place;
                foreach (var (_, memory) in page.Where(static p => Holds(p.Memory)))
                {
                    var path = Path.Combine(target, MemoryFile.NameOf(memory));
                    WrittenFiles.RequireOwn(path, memory.Id);
                    await WriteAsync(path, MemoryFile.Write(memory), cancellationToken);
                    progress?.Report(++written);
                }
            }

            await WrittenFiles.RemoveGoneAsync(store, ns, target, cancellationToken);
        }

        return written;
    }

    // What was private in the database is in the files too.
    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Made anew and put in its place: whatever comes to stand there meanwhile is replaced itself, not what it leads to.
        var partial = PartialFile.NameFor(path);
        try
        {
            await using (var writer = new StreamWriter(partial, new UTF8Encoding(false), options))
            {
                await writer.WriteAsync(text.AsMemory(), cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Whether an export holds a memory.</summary>
    internal static bool Holds(MemoryRecord memory) => memory.State is MemoryState.Active or MemoryState.Archived;
}
