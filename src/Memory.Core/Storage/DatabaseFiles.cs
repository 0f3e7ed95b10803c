using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Which files belong to a database, so that nothing else that is written takes the place of one of them, and which files cannot be one.</summary>
public static class DatabaseFiles
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    private static readonly string[] SystemFolders = ["/dev/", "/proc/", "/sys/"];

    /// <summary>
    /// Why a path must not be written: it is the database itself, one of the files that SQLite keeps beside it, or lies in the folder of its
    /// backups; it is a device or another file of the system; it is no path; or nobody can tell, since links lead in a circle.
    /// </summary>
    /// <param name="database">The database file.</param>
    /// <param name="path">Any path; nothing need be there.</param>
    /// <returns>Why not, or <see langword="null"/> when it may be written.</returns>
    public static Problem? Refusal(string database, string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return Problem.Invalid($"The path is '{Screening.VisibleText.Of(path)}'; the name of a file is allowed.");
        }

        foreach (var one in (ReadOnlySpan<string>)[database, path])
        {
            if (Real(one) is null)
            {
                return Problem.Invalid($"The links of '{one}' lead in a circle; name a file that can be reached.");
            }
        }

        // Whoever may would put a file in the place of the device, for every program on the machine.
        if (IsOfSystem(path))
        {
            return Problem.Invalid($"'{path}' is a device or belongs to the system; name a file.");
        }

        return Contain(Real(database)!, Real(path)!) ? new Problem(ProblemCode.Conflict, $"'{path}' belongs to the database itself; name another file.") : null;
    }

    /// <summary>That there is no database at a path, for whoever only wants to read one.</summary>
    /// <param name="database">The database file.</param>
    /// <returns>The problem, or <see langword="null"/> when there is something, or nobody may look.</returns>
    public static Problem? Absence(string database)
    {
        try
        {
            File.GetAttributes(database);
            return null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Problem(ProblemCode.NotFound, $"There is no database '{database}'. The first 'memory-server store', 'import' or 'serve' makes it; --db or MEMORY_DB names another.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever opens it says what is in the way.
            return null;
        }
    }

    /// <summary>Whether a path leads to a device, a pipe or another file of the system. Nothing is opened.</summary>
    /// <param name="path">Any path; nothing need be there.</param>
    public static bool IsDevice(string path) => IsOfSystem(path) || (FileNode.Of(path) is { IsRegular: false } && !Directory.Exists(path));

    /// <summary>Why what a path leads to cannot be a database: it is a device, a pipe or another file of the system, or a file with several names. Nothing is opened.</summary>
    /// <param name="database">The path; nothing need be there.</param>
    /// <returns>Why not, and what to do; <see langword="null"/> when it can, or this system cannot tell.</returns>
    public static Problem? Unusable(string database)
    {
        if (IsDevice(database))
        {
            return Problem.Invalid($"'{database}' is a device or a pipe or belongs to the system; name a file with --db or MEMORY_DB.");
        }

        // SQLite names its log after the file: under each name it has another one, and neither knows of the other.
        return FileNode.Of(database) is { IsRegular: true, Names: > 1 and var names }
            ? new Problem(ProblemCode.StoreUnavailable, $"The database file '{database}' has {names} names (hard links), and a log of its own under each: what is stored under one would be lost under another. "
                + "It was not opened. Stop every server that uses it under any name, then remove the other names and keep the one with a '-wal' file beside it; 'find FOLDER -samefile FILE' lists them. A symbolic link is a second name that does no harm.")
            : null;
    }

    private static bool IsOfSystem(string path) => LiesInSystem(Path.GetFullPath(path)) || (Real(path) is { } real && LiesInSystem(real));

    private static bool LiesInSystem(string path) =>
        !OperatingSystem.IsWindows() && Array.Exists(SystemFolders, f => path.StartsWith(f, StringComparison.Ordinal)) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static bool Contain(string own, string other)
    {
        var comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return new[] { own, own + "-wal", own + "-shm", own + "-journal" }.Contains(other, StringComparer.FromComparison(comparison))
            || other.StartsWith(own + ".backups" + Path.DirectorySeparatorChar, comparison);
    }

    // Folder by folder, since any of them may be a link; null when there is no end to the links.
    private static string? Real(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var parts = new Stack<string>(Parts(Path.GetFullPath(path)));
        for (var links = 0; parts.TryPop(out var part);)
        {
            var next = new FileInfo(Path.Combine(real, part));
            if (next.LinkTarget is not { } target)
            {
                real = next.FullName;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            var full = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(full)!;
            foreach (var step in Parts(full))
            {
                parts.Push(step);
            }
        }

        return real;
    }

    // The last first: they are taken from a stack.
    private static IEnumerable<string> Parts(string full) =>
        full[Path.GetPathRoot(full)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
