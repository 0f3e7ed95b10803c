using System.Globalization;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Verified copies of the database in a folder beside it, the newest few of them.</summary>
internal static class Backups
{
    /// <summary>How many copies are kept.</summary>
    public const int Kept = 3;

    private const string NameFormat = "yyyyMMdd-HHmmss-fff";

    /// <summary>The newest copy, or <see langword="null"/> when there is none, or none that this user may see.</summary>
    public static string? Newest(DatabaseFile file)
    {
        try
        {
            return All(file) is [var newest, ..] ? newest : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All copies, newest first.</summary>
    public static IReadOnlyList<string> All(DatabaseFile file) => Directory.Exists(file.BackupFolder)
        ? [.. Directory.EnumerateFiles(file.BackupFolder, "*.db").OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>Copies that have no name yet: they are being written, or whoever wrote them was killed.</summary>
    public static IReadOnlyList<string> Partial(DatabaseFile file) => Directory.Exists(file.BackupFolder)
        ? [.. Directory.EnumerateFiles(file.BackupFolder, "*.db.partial-*")]
        : [];

    /// <summary>Where the next copy goes.</summary>
    public static string NextPath(DatabaseFile file, TimeProvider time) =>
        Path.Combine(file.BackupFolder, time.GetUtcNow().UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture) + ".db");

    /// <summary>When a copy was made, by the clock that named it; <see langword="null"/> when its name says nothing.</summary>
    public static DateTimeOffset? MadeAt(string path) =>
        DateTimeOffset.TryParseExact(Path.GetFileNameWithoutExtension(path), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Writes a copy beside the database, and removes the oldest ones.</summary>
    public static BackupReport Write(SqliteSession source, DatabaseFile file, TimeProvider time, int kept = Kept)
    {
        if (Directory.Exists(file.BackupFolder))
        {
            PartialFile.RemoveAbandonedIn(file.BackupFolder, time.GetUtcNow(), static _ => true);
        }

        var report = WriteTo(source, file, NextPath(file, time), overwrite: true, time);

        // By the clock that named them an older one may be called newer; the one just made is kept in any case.
        foreach (var old in All(file).Where(path => path != report.Path).Skip(kept - 1))
        {
            File.Delete(old);
        }

        return report;
    }

    /// <summary>Copies the database while it is in use, checks and counts the copy, and only then gives it its name.</summary>
    /// <exception cref="IOException">There is a file of that name that must not be replaced, or none can be written.</exception>
    public static BackupReport WriteTo(SqliteSession source, DatabaseFile file, string final, bool overwrite, TimeProvider time)
    {
        var partial = new DatabaseFile(PartialFile.NameFor(final));
        try
        {
            PartialFile.RemoveAbandoned(final, time.GetUtcNow());
            CreateOwnerOnly(Path.GetDirectoryName(partial.Path)!);
            partial.Create();
            var before = Memories(source);
            long memories, runs;
            using (var target = partial.OpenWriter())
            {
                source.Connection.BackupDatabase(target.Connection);
                // The copy inherits write-ahead logging; a file that stands alone is easier to move about.
                target.Execute("PRAGMA journal_mode = DELETE");
            }

            using (var copy = partial.OpenReader())
            {
                (memories, runs) = (Memories(copy), copy.Scalar("SELECT count(*) FROM runs"));
                // Memories are never deleted, so a whole copy has at least those from before and at most those from now.
                var damage = Integrity.Check(copy) ?? (memories < before || memories > Memories(source) ? $"it holds {memories} memories where {before} were" : null);
                if (damage is not null)
                {
                    throw new MemoryStoreException(new(ProblemCode.StoreUnavailable, $"The backup of '{file.Path}' failed its check: {damage}"));
                }
            }

            File.Move(partial.Path, final, overwrite);
            return new BackupReport(final, new FileInfo(final).Length, memories, runs);
        }
        catch
        {
            File.Delete(partial.Path);
            throw;
        }
    }

    private static long Memories(SqliteSession session) => session.Scalar("SELECT count(*) FROM memories");

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
