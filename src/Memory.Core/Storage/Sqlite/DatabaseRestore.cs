using System.Globalization;
using Memory.Core.Memories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Puts a backup in the place of a database that nobody uses at the moment.</summary>
public static class DatabaseRestore
{
    /// <summary>
    /// Restores. What is replaced is kept: a sound database as one more backup, a damaged one under another name beside it. Another process that
    /// has the database open keeps it from being replaced.
    /// </summary>
    /// <param name="backup">The backup.</param>
    /// <param name="database">The database file.</param>
    /// <param name="overwrite">Whether a database that holds memories, keys or an audit log may be replaced.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What is in the database now and where what was replaced is, or why nothing was done.</returns>
    public static Outcome<RestoreReport> Restore(string backup, string database, bool overwrite, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var (source, target) = (new DatabaseFile(backup), new DatabaseFile(database));
        if (!File.Exists(source.Path))
        {
            return new Problem(ProblemCode.NotFound, $"There is no file '{source.Path}'.");
        }

        if (source.Path == target.Path)
        {
            return Problem.Invalid("The backup and the database are the same file.");
        }

        if (DatabaseFiles.Unusable(target.Path) is { } unusable)
        {
            return unusable;
        }

        try
        {
            using var reading = source.OpenReader();
            if (Refusal(reading, source) is { } refusal)
            {
                return refusal;
            }

            return Replace(reading, target, overwrite, time);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCode.StoreUnavailable, $"'{source.Path}' could not be restored: {error.Message}");
        }
    }

    private static Problem? Refusal(SqliteSession reading, DatabaseFile source)
    {
        try
        {
            if (reading.Scalar("PRAGMA application_id") != DatabaseFile.ApplicationId)
            {
                return Problem.Invalid($"'{source.Path}' is no backup of this server.");
            }

            if (Migrator.Version(reading) > Migrator.CurrentVersion)
            {
                return Problem.Invalid($"'{source.Path}' was written by a newer version of this server. Update memory-server.");
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            return Problem.Invalid($"'{source.Path}' is no database.");
        }

        return Integrity.Check(reading) is { } damage ? new Problem(ProblemCode.StoreUnavailable, $"The backup '{source.Path}' is damaged itself: {damage}") : null;
    }

    private static Outcome<RestoreReport> Replace(SqliteSession reading, DatabaseFile target, bool overwrite, TimeProvider time)
    {
        string? kept = null;
        List<(string Id, long At)>? revoked = null;
        if (File.Exists(target.Path))
        {
            var (held, problem) = Held(target);
            if (problem is not null)
            {
                return problem;
            }

            if (held is not "" && !overwrite)
            {
                return new Problem(ProblemCode.Conflict, held is null
                    ? $"'{target.Path}' is there and cannot be read as a database. With --force it is moved aside."
                    : $"'{target.Path}' holds {held}. With --force that is replaced, after one more backup of it.");
            }

            if (held is null)
            {
                revoked = target.LeftLog is null ? RevokedKeysOfDamaged(target) : null;
                kept = MoveAside(target, time);
            }
        }

        target.Create();
        using var writing = target.OpenWriter();
        if (!TakeForItself(writing))
        {
            return new Problem(ProblemCode.Busy, $"Another process has '{target.Path}' open. Stop every server and command that uses it, then restore.");
        }

        if (kept is null && Contents(writing).Length > 0)
        {
            kept = Backups.WriteTo(writing, target, Backups.NextPath(target, time), overwrite: false, time).Path;
        }

        // Where nothing is or can be read any of them may have been revoked.
        revoked ??= RevokedKeys(writing);
        reading.Connection.BackupDatabase(writing.Connection);
        if (Integrity.Check(writing) is { } damage)
        {
            return new Problem(ProblemCode.StoreUnavailable, $"What was restored to '{target.Path}' failed its check: {damage}");
        }

        Revoke(writing, revoked ?? []);
        var memories = writing.Scalar("SELECT count(*) FROM memories");
        var inForce = revoked is null && Has(writing, "api_keys")
            ? writing.Scalar("SELECT count(*) FROM api_keys WHERE revoked_at IS NULL AND coalesce(expires_at, ?1) >= ?1", time.GetUtcNow().ToUnixTimeMilliseconds())
            : 0;
        writing.Execute("PRAGMA journal_mode = WAL");
        return new RestoreReport(target.Path, memories, inForce, kept);
    }

    // A damaged file can often still be read in part.
    private static List<(string Id, long At)>? RevokedKeysOfDamaged(DatabaseFile target)
    {
        try
        {
            using var session = target.OpenReader();
            return RevokedKeys(session);
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    // Null where there is no word of keys.
    private static List<(string Id, long At)>? RevokedKeys(SqliteSession session) => Has(session, "api_keys")
        ? session.Query("SELECT id, revoked_at FROM api_keys WHERE revoked_at IS NOT NULL", static r => (r.GetString(0), r.GetInt64(1)))
        : null;

    // A backup brings memories back, and no key that was taken from somebody.
    private static void Revoke(SqliteSession session, List<(string Id, long At)> revoked)
    {
        foreach (var (id, at) in Has(session, "api_keys") ? revoked : [])
        {
            session.Execute("UPDATE api_keys SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", id, at);
        }
    }

    private static bool Has(SqliteSession session, string table) => session.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = ?1", table) > 0;

    // What a restore would take away, in words; nothing when there is none of it.
    private static string Contents(SqliteSession session)
    {
        var (memories, keys, lines) = (Count(session, "memories", "SELECT count(*) FROM memories"),
            Count(session, "api_keys", "SELECT count(*) FROM api_keys"), Count(session, "audit", "SELECT count(*) FROM audit"));
        return memories + keys + lines == 0 ? "" : $"{memories} memories, {keys} keys and {lines} lines of its audit log";
    }

    private static long Count(SqliteSession session, string table, string sql) => Has(session, table) ? session.Scalar(sql) : 0;

    // Only who is alone may leave the write-ahead log; and whoever comes while this connection lives has to wait. Asked of SQLite itself: the
    // provider would repeat it for half a minute.
    private static bool TakeForItself(SqliteSession writing)
    {
        var handle = writing.Connection.Handle;
        _ = raw.sqlite3_busy_timeout(handle, 0);
        foreach (var sql in (ReadOnlySpan<string>)["PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE; COMMIT"])
        {
            var code = raw.sqlite3_exec(handle, sql);
            if ((code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            {
                return false;
            }

            if (code != raw.SQLITE_OK)
            {
                throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), code & 0xFF, code);
            }
        }

        return true;
    }

    // What is in the file; null when it is no database of ours or damaged.
    private static (string? Held, Problem? Problem) Held(DatabaseFile target)
    {
        if (target.LeftLog is not null)
        {
            return (null, null);
        }

        try
        {
            using var session = target.OpenReader();
            if (Migrator.IsForeign(session))
            {
                return (null, new Problem(ProblemCode.Conflict, $"'{target.Path}' is a database of another program. It was not touched. Name another file with --db, or move this one away."));
            }

            return !Has(session, "memories") ? ("", null) : Integrity.Check(session) is null ? (Contents(session), null) : (null, null);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return (null, null);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return (null, new Problem(ProblemCode.Busy, $"Another process has '{target.Path}' open. Stop every server and command that uses it, then restore."));
        }
    }

    private static string MoveAside(DatabaseFile target, TimeProvider time)
    {
        var aside = $"{target.Path}.damaged-{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        foreach (var part in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(target.Path + part))
            {
                File.Move(target.Path + part, aside + part);
            }
        }

        return aside;
    }
}
