using Memory.Core.Memories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Brings a database to the current schema: numbered scripts, each once, each in a transaction, after a backup copy.</summary>
internal static class Migrator
{
    /// <summary>The scripts in their order: the first makes version 1.</summary>
    internal static readonly string[] Scripts =
    [
        "001_initial", "002_vectors", "003_entities", "004_consolidation", "005_usage", "006_api_keys", "007_audit", "008_mentions_later",
        "009_usage_of_evidence", "010_fewer_pages", "011_words_together", "012_journal_names", "013_index_snapshots",
    ];

    public static int CurrentVersion => Scripts.Length;

    public static void Migrate(SqliteSession session, DatabaseFile file, TimeProvider time)
    {
        var version = Version(session);
        if (version > CurrentVersion)
        {
            throw new MemoryStoreException(new Problem(ProblemCode.StoreUnavailable,
                $"The database '{file.Path}' was written by a newer version of this server (schema {version}; this one knows up to {CurrentVersion}). "
                + "Update memory-server, or name another file with --db or MEMORY_DB. The file was not touched."));
        }

        RefuseForeign(session, file, version);
        if (version == CurrentVersion)
        {
            // A backup that somebody copied to the place of the database has no write-ahead log.
            if (session.Query("PRAGMA journal_mode", static r => r.GetString(0)) is not ["wal"])
            {
                SwitchToWal(session);
            }

            return;
        }

        if (version > 0)
        {
            Backups.Write(session, file, time);
        }

        SwitchToWal(session);
        Transaction(session, () =>
        {
            // Another process may have migrated while this one waited for the lock.
            for (var next = Version(session); next < CurrentVersion; next++)
            {
                Run(session, Script(Scripts[next]));
                Run(session, $"PRAGMA user_version = {next + 1}");
                if (next == 0)
                {
                    Run(session, $"PRAGMA application_id = {DatabaseFile.ApplicationId}");
                    Properties.SetCreatedAt(session, time.GetUtcNow());
                }
            }
        });
    }

    public static int Version(SqliteSession session) => (int)session.Scalar("PRAGMA user_version");

    /// <summary>Whether another program made this database: it holds something, and not our mark.</summary>
    public static bool IsForeign(SqliteSession session) => session.Scalar("PRAGMA application_id") != DatabaseFile.ApplicationId
        && (Version(session) > 0 || session.Scalar("SELECT count(*) FROM sqlite_schema") > 0);

    private static void RefuseForeign(SqliteSession session, DatabaseFile file, int version)
    {
        // Another process may have migrated it between two looks.
        if (IsForeign(session) && Version(session) == version)
        {
            throw new MemoryStoreException(new Problem(ProblemCode.StoreUnavailable,
                $"'{file.Path}' is a database of another program. It was not touched; name another file with --db or MEMORY_DB."));
        }
    }

    // The switch needs the file for itself for a moment and does not wait for it by itself.
    private static void SwitchToWal(SqliteSession session)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                session.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && attempt < 100)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static void Transaction(SqliteSession session, Action work)
    {
        Run(session, "BEGIN IMMEDIATE");
        try
        {
            work();
            Run(session, "COMMIT");
        }
        catch
        {
            if (session.InTransaction)
            {
                Run(session, "ROLLBACK");
            }

            throw;
        }
    }

    internal static void Run(SqliteSession session, string script)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    internal static string Script(string name)
    {
        using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
