using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Checks that the file is sound and that its full-text indexes agree with its rows.</summary>
internal static class Integrity
{
    /// <summary>Reads the whole file.</summary>
    /// <returns>The first finding, or <see langword="null"/> when all is well.</returns>
    public static string? Check(SqliteSession session)
    {
        try
        {
            var finding = session.Query("PRAGMA integrity_check(1)", static r => r.GetString(0)).FirstOrDefault();
            if (finding is not "ok")
            {
                return finding ?? "the integrity check gave no answer";
            }

            return ForeignKey(session);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return error.Message;
        }
    }

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
