using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Begins transactions that write, and waits for other processes that do. For one thread at a time, which also calls <see cref="Leave"/>.</summary>
internal sealed class WriteLock(SqliteSession session, string path, LogFlush flush) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // How long it waits in the line before it looks whether the write is still wanted, or leaves waiting to the thread that is there for it.
    private static readonly TimeSpan InLine = TimeSpan.FromMilliseconds(20);

    // Who is first may have been stopped: then nobody stands in line any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly WaitingLine _line = new(path);

    /// <summary>Whether this process has met another one that writes to the file.</summary>
    public bool KnowsOthers => _line.IsUsed;

    /// <summary>Begins a transaction if no other process is writing, or soon none is any more.</summary>
    public bool TryBegin()
    {
        if (_line.IsUsed && !_line.TryEnter(InLine))
        {
            return false;
        }

        return Ask() == raw.SQLITE_OK;
    }

    /// <summary>Begins a transaction as soon as no other process is writing.</summary>
    /// <param name="requireWanted">Throws when nobody wants it any more.</param>
    /// <exception cref="SqliteException">Others have been writing for 30 seconds, or the file cannot be written.</exception>
    public void Begin(Action requireWanted)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!_line.IsUsed || _line.TryEnter(InLine) || Stopwatch.GetElapsedTime(started) > Patience)
            {
                var code = Ask();
                if (code == raw.SQLITE_OK)
                {
                    return;
                }

                if ((code & 0xFF) is not raw.SQLITE_BUSY)
                {
                    throw new SqliteException(raw.sqlite3_errmsg(session.Connection.Handle).utf8_to_string(), code & 0xFF, code);
                }

                if (_line.IsUsed || !_line.Open())
                {
                    // Who is first in the line asks often: a whole millisecond is the shortest that a thread can sleep.
                    Thread.Sleep(Random.Shared.Next(3) / 2);
                }
            }

            if (Stopwatch.GetElapsedTime(started) > Timeout)
            {
                throw new SqliteException("database is locked", raw.SQLITE_BUSY);
            }

            requireWanted();
        }
    }

    /// <summary>After the transaction, or when it could not begin: lets the next process in.</summary>
    public void Leave() => _line.Leave();

    public void Dispose() => _line.Dispose();

    // SQLite's own busy handler backs off to 100 ms and would let a process starve among eager ones.
    private int Ask()
    {
        if (_line.IsUsed)
        {
            flush.Defer();
        }

        var handle = session.Connection.Handle;
        _ = raw.sqlite3_busy_timeout(handle, 0);
        var code = raw.sqlite3_exec(handle, "BEGIN IMMEDIATE");
        _ = raw.sqlite3_busy_timeout(handle, (int)Timeout.TotalMilliseconds);
        return code;
    }
}
