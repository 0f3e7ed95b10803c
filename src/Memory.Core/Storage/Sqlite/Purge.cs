using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Removes what an erasure leaves behind: copies of bytes in pages that SQLite rearranged, the pages before the erasure in the write-ahead
/// log, and backups. An erasure notes in its own transaction that this is still to be done, so that a kill in between does not prevent it.
/// </summary>
internal sealed class Purge(DatabaseFile file, TimeProvider time)
{
    private const string LeaseName = "purge";
    private const int ReadersMilliseconds = 50;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // A copy that has not got its name for so long belongs to a process that was killed.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    /// <summary>Does what is still to be done, and gives up when others stand in the way for too long.</summary>
    /// <returns>Why traces may remain, or <see langword="null"/> when none do.</returns>
    public async Task<string?> RunAsync(ReaderPool readers, WriteQueue writes, Func<Task> backupAsync, CancellationToken cancellationToken)
    {
        var holder = $"{ProcessIdentity.Current}/{Guid.NewGuid():N}";
        var started = time.GetTimestamp();
        long? rewritten = null;
        while (await readers.ReadAsync(Properties.PurgePending, cancellationToken) is { } erasure)
        {
            if (time.GetElapsedTime(started) > Patience)
            {
                return "another program has the database open and does not let go of its log";
            }

            var lease = await writes.EnqueueAsync(s => Leases.Acquire(s, LeaseName, holder, LeaseDuration, time.GetUtcNow()), cancellationToken);
            if (lease.Holder != holder)
            {
                await PauseAsync(cancellationToken);
                continue;
            }

            try
            {
                if (rewritten != erasure && await writes.EnqueueAloneAsync(Rewrite, cancellationToken))
                {
                    rewritten = erasure;
                }

                if (rewritten == erasure && await writes.EnqueueAloneAsync(EmptyLog, cancellationToken))
                {
                    await ReplaceBackupsAsync(backupAsync);
                    // What was erased meanwhile is still to be done.
                    await writes.EnqueueAsync(s => Properties.ClearPurgePending(s, erasure), cancellationToken);
                }
                else
                {
                    await PauseAsync(cancellationToken);
                }
            }
            catch (Exception error) when (error is MemoryStoreException or IOException or UnauthorizedAccessException)
            {
                return error.Message;
            }
            finally
            {
                await writes.EnqueueAsync(s => Leases.Release(s, LeaseName, holder), CancellationToken.None);
            }
        }

        return null;
    }

    // Between two tries the queue serves others; how long the pause is depends on chance, so that two processes do not meet again and again.
    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 80)), time, cancellationToken);

    // Where SQLite rearranged a page, bytes of rows that moved away stay in its gaps; secure_delete does not reach them.
    private static bool Rewrite(SqliteSession session) =>
        WaitingAtMost(0, session, static handle => raw.sqlite3_exec(handle, "VACUUM"));

    private static bool EmptyLog(SqliteSession session) =>
        WaitingAtMost(ReadersMilliseconds, session, static handle => raw.sqlite3_wal_checkpoint_v2(handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));

    // While SQLite waits here, every writer of every process waits too.
    private static bool WaitingAtMost(int milliseconds, SqliteSession session, Func<sqlite3, int> work)
    {
        var handle = session.Connection.Handle!;
        _ = raw.sqlite3_busy_timeout(handle, milliseconds);
        try
        {
            var code = work(handle);
            return (code & 0xFF) switch
            {
                raw.SQLITE_OK => true,
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => false,
                var primary => throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), primary, code),
            };
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(handle, DatabaseFile.BusyMilliseconds);
        }
    }

    private async Task ReplaceBackupsAsync(Func<Task> backupAsync)
    {
        var older = Backups.All(file);
        if (older.Count > 0)
        {
            await backupAsync();
        }

        foreach (var path in older.Concat(Backups.Partial(file).Where(p => time.GetUtcNow() - File.GetLastWriteTimeUtc(p) > AbandonedAfter)))
        {
            File.Delete(path);
        }
    }
}
