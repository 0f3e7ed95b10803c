using System.Globalization;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Verified copies of the database in a folder beside it, the newest few of them.</summary>
internal static class Backups
{
    /// <summary>How many copies are kept.</summary>
    public const int Kept = 3;

    private const string NameFormat = "yyyyMMdd-HHmmss-fff";

    /// <summary>The newest copy, or <see langword="null"/> when there is none.</summary>
    public static string? Newest(DatabaseFile file) => All(file) is [var newest, ..] ? newest : null;

    /// <summary>All copies, newest first.</summary>
    public static IReadOnlyList<string> All(DatabaseFile file) => Directory.Exists(file.BackupFolder)
        ? [.. Directory.EnumerateFiles(file.BackupFolder, "*.db").OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>Copies that have no name yet: they are being written, or whoever wrote them was killed.</summary>
    public static IReadOnlyList<string> Partial(DatabaseFile file) => Directory.Exists(file.BackupFolder)
        ? [.. Directory.EnumerateFiles(file.BackupFolder, "*.db.partial-*")]
        : [];

    /// <summary>Copies the database while it is in use, checks the copy, and only then gives it its name.</summary>
    public static string Write(SqliteSession source, DatabaseFile file, TimeProvider time)
    {
        var name = time.GetUtcNow().UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + ".db";
        var final = Path.Combine(file.BackupFolder, name);
        var partial = new DatabaseFile(final + ".partial-" + Guid.NewGuid().ToString("N"));
        try
        {
            CreateOwnerOnly(file.BackupFolder);
            partial.Create();
            using (var target = partial.OpenWriter())
            {
                source.Connection.BackupDatabase(target.Connection);
                // The copy inherits write-ahead logging; a file that stands alone is easier to move about.
                target.Execute("PRAGMA journal_mode = DELETE");
                if (Integrity.Check(target) is { } damage)
                {
                    throw new MemoryStoreException(new(Memories.ProblemCode.StoreUnavailable, $"The backup of '{file.Path}' failed its check: {damage}"));
                }
            }

            File.Move(partial.Path, final, overwrite: true);
        }
        catch
        {
            File.Delete(partial.Path);
            throw;
        }

        // By the clock that named them an older one may be called newer; the one just made is kept in any case.
        foreach (var old in All(file).Where(path => path != final).Skip(Kept - 1))
        {
            File.Delete(old);
        }

        return final;
    }

    private static void CreateOwnerOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
