namespace Memory.Core.Storage;

/// <summary>Which files belong to a database: nothing else that is written may take the place of one of them.</summary>
public static class DatabaseFiles
{
    /// <summary>Whether a path is the database itself, one of the files that SQLite keeps beside it, or lies in the folder of its backups. Links are followed.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="path">Any path; nothing need be there.</param>
    /// <exception cref="IOException">Links that lead in a circle.</exception>
    public static bool Contain(string database, string path)
    {
        var (own, other) = (Real(database), Real(path));
        var comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return new[] { own, own + "-wal", own + "-shm", own + "-journal" }.Contains(other, StringComparer.FromComparison(comparison))
            || other.StartsWith(own + ".backups" + Path.DirectorySeparatorChar, comparison);
    }

    // Folder by folder, since any of them may be a link.
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new FileInfo(Path.Combine(real, part));
            real = next.LinkTarget is null ? next.FullName : Real(next.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return real;
    }
}
