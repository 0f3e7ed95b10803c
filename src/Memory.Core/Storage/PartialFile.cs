using System.Text.RegularExpressions;

namespace Memory.Core.Storage;

/// <summary>
/// A file has another name until it is whole, so that nobody reads half of it. The name tells which process writes it: when that one was killed,
/// the next that writes the same file removes what it left.
/// </summary>
public static partial class PartialFile
{
    // Of a process that cannot be asked about (another machine or container) nothing is known but when it wrote last.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>What to call a file until it is whole.</summary>
    /// <param name="path">What it is called then.</param>
    /// <returns>A name that no other writer has.</returns>
    public static string NameFor(string path) => $"{path}.partial-{ProcessIdentity.Mark}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Removes what killed processes left of a file.</summary>
    /// <param name="path">The file as it is called when it is whole.</param>
    /// <param name="now">The time.</param>
    public static void RemoveAbandoned(string path, DateTimeOffset now)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is { } folder && Directory.Exists(folder))
        {
            RemoveAbandonedIn(folder, now, name => name.StartsWith(Path.GetFileName(full) + ".partial-", StringComparison.Ordinal));
        }
    }

    /// <summary>Removes what killed processes left in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The time.</param>
    /// <param name="isMeant">Which names are meant.</param>
    public static void RemoveAbandonedIn(string folder, DateTimeOffset now, Func<string, bool> isMeant)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(f => isMeant(f.Name)))
        {
            if (Name().Match(file.Name) is { Success: true } name && IsAbandoned(name.Groups["mark"].Value, file, now))
            {
                Remove(file);
            }
        }
    }

    // What cannot be removed is somebody else's to remove, and keeps nobody from writing.
    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static bool IsAbandoned(string mark, FileInfo file, DateTimeOffset now) => ProcessIdentity.IsAlive(mark) is { } alive
        ? !alive
        : now - new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) > Abandoned;

    // With what SQLite keeps beside a database.
    [GeneratedRegex(@"\.partial-(?<mark>[0-9a-f]{8}-\d{1,10}-[0-9a-f]{8})-[0-9a-f]{8}(-journal|-wal|-shm)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
