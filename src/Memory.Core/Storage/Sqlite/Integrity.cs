using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Checks that the file is sound and that its full-text indexes agree with its rows.</summary>
internal static class Integrity
{
    /// <summary>Reads the whole file.</summary>
    /// <returns>The first finding, or <see langword="null"/> when all is well.</returns>
    public static string? Check(SqliteSession session) => CheckFile(session) is [var damage, ..] ? damage : ForeignKey(session);

    /// <summary>Reads the whole file, without asking whether its rows belong to one another.</summary>
    /// <param name="session">A connection.</param>
    /// <param name="all">Whether to go on after the first finding, up to the hundredth.</param>
    /// <returns>The findings; none when all is well.</returns>
    public static IReadOnlyList<string> CheckFile(SqliteSession session, bool all = false)
    {
        try
        {
            var found = session.Query(all ? "PRAGMA integrity_check(100)" : "PRAGMA integrity_check(1)", static r => r.GetString(0));
            return found switch
            {
                [] => ["the integrity check gave no answer"],
                ["ok"] => [],
                _ => found,
            };
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            // An index that cannot be read ends the check, and with it what was found before; the first of that says where.
            return all && CheckFile(session) is [_, ..] first ? first : [error.Message];
        }
    }

    /// <summary>Whether an error says that the file is damaged.</summary>
    public static bool IsDamage(SqliteException error) => (error.SqliteErrorCode & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Whether a finding is about a full-text index and nothing else: it is made of the memories, and can be made anew.</summary>
    public static bool IsOfFullText(string damage) =>
        damage.Contains("fts5", StringComparison.OrdinalIgnoreCase) || damage.Contains("memory_words", StringComparison.Ordinal) || damage.Contains("memory_trigrams", StringComparison.Ordinal);

    /// <summary>Compares the full-text indexes with the rows, token by token. Needs a connection that may write, though it writes nothing.</summary>
    public static string? CheckIndexes(SqliteSession writer)
    {
        try
        {
            writer.Execute("INSERT INTO memory_words (memory_words, rank) VALUES ('integrity-check', 1)");
            writer.Execute("INSERT INTO memory_trigrams (memory_trigrams, rank) VALUES ('integrity-check', 1)");
            return null;
        }
        catch (SqliteException error) when ((error.SqliteErrorCode & 0xFF) == raw.SQLITE_CORRUPT)
        {
            return "the full-text index disagrees with the memories";
        }
    }

    private static string? ForeignKey(SqliteSession session) =>
        session.Query("PRAGMA foreign_key_check", static r => r.GetString(0)).FirstOrDefault() is { } table
            ? $"a row of '{table}' refers to a row that is missing"
            : null;
}
