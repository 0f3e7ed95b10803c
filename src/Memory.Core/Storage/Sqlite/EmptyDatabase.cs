using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// A database file that is there and holds nothing: made for a database that is yet to come, or what a full disk or a crash of the file system left
/// of one. Backups beside it, or a log that is not empty, tell the two apart.
/// </summary>
public static class EmptyDatabase
{
    // Whoever makes a database makes the file first: a moment later it is no longer empty.
    private const int Looks = 25;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>That a file holds nothing, for whoever only wants to read a database.</summary>
    /// <param name="database">The database file.</param>
    /// <returns>The problem, with the newest backup when there is one; <see langword="null"/> when something is in it, or there is no file.</returns>
    public static Problem? Find(string database)
    {
        var file = new DatabaseFile(database);
        return !StaysEmpty(file) ? null : Loss(file) ?? new Problem(
            ProblemCode.NotFound, $"There is no database in '{file.Path}': the file is empty. The first 'memory-server store', 'import' or 'serve' makes one in it; --db or MEMORY_DB names another.");
    }

    /// <summary>That a file held a database once and holds nothing now: a new one in it would pass for the old.</summary>
    internal static Problem? FindLoss(DatabaseFile file) => (file.LeftLog is not null || (file.IsEmpty && Backups.Newest(file) is not null)) && StaysEmpty(file) ? Loss(file) : null;

    private static Problem? Loss(DatabaseFile file) => file.LeftLog is { } log
        ? new Problem(ProblemCode.StoreUnavailable, file.DamageMessage($"the file is empty, and '{log}' beside it is not: what was stored last is in there; keep both"))
        : Backups.Newest(file) is null ? null : new Problem(ProblemCode.StoreUnavailable, file.DamageMessage("the file is empty"));

    private static bool StaysEmpty(DatabaseFile file)
    {
        for (var look = 1; file.IsEmpty; look++)
        {
            if (look == Looks)
            {
                return true;
            }

            Thread.Sleep(BetweenLooks);
        }

        return false;
    }
}
