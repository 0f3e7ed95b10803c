using System.Runtime.InteropServices;
using Memory.Core.Memories;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// When what was committed goes to the disk. SQLite does it within the commit (<c>synchronous=FULL</c>) and keeps the file's lock until it is
/// done. Where several processes write, it is told to leave that out (<c>NORMAL</c>), and <see cref="Run"/> does the same after the lock was
/// given back and before anybody is answered: the next process writes meanwhile, and one flush serves all that is in the log by then.
/// For one thread at a time.
/// </summary>
/// <param name="session">The connection that commits.</param>
/// <param name="path">The database file, for messages.</param>
internal sealed partial class LogFlush(SqliteSession session, string path)
{
    // SQLITE_FCNTL_JOURNAL_POINTER, https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int JournalPointer = 28;

    // SQLITE_SYNC_NORMAL, https://www.sqlite.org/c3ref/c_sync_dataonly.html: what SQLite itself asks for within a commit.
    private const int SyncNormal = 2;

    // xSync is the fifth of the methods of a file, behind the number of their version: https://www.sqlite.org/c3ref/io_methods.html
    private const int SyncMethod = 5;

    private bool _isLeftToSqlite;
    private int _failure;

    /// <summary>Whether commits leave the flush to <see cref="Run"/>.</summary>
    public bool IsDeferred { get; private set; }

    /// <summary>Does the flush; returns SQLite's code. A test lets it fail.</summary>
    internal Func<int>? Flush { get; init; }

    /// <summary>From now on a commit no longer flushes, if this connection can do it by itself. Outside any transaction.</summary>
    public void Defer()
    {
        if (IsDeferred || _isLeftToSqlite)
        {
            return;
        }

        // What cannot be flushed here goes on being flushed by SQLite.
        if (_isLeftToSqlite = (Flush ?? FlushLog)() != raw.SQLITE_OK)
        {
            return;
        }

        session.Control("PRAGMA synchronous = NORMAL");
        IsDeferred = true;
    }

    /// <summary>Waits until all that was committed is on the disk, if commits do not do so themselves.</summary>
    /// <returns>That the system refuses, so that nobody knows what of the log is on the disk; null when it is.</returns>
    public MemoryStoreException? Run()
    {
        if (IsDeferred && _failure == raw.SQLITE_OK)
        {
            _failure = (Flush ?? FlushLog)();
        }

        return _failure == raw.SQLITE_OK ? null : Refusal($"What was just written to '{path}' is there, but the system would not put it onto the disk (SQLite's code {_failure}): it can be lost if the machine loses power.");
    }

    /// <summary>
    /// To be asked before more is written. A system may report a failed flush once and forget what it could not write; whatever is written behind
    /// that in the log would be lost with it.
    /// </summary>
    /// <exception cref="MemoryStoreException">A flush has failed.</exception>
    public void RequireSound()
    {
        if (_failure != raw.SQLITE_OK)
        {
            throw Refusal($"The system would not put onto the disk what was written to '{path}' before. Nothing was stored.");
        }
    }

    private static MemoryStoreException Refusal(string what) => new(new Problem(
        ProblemCode.StoreUnavailable, what + " Look for a failing or full disk, then restart all servers that use the file; 'memory-server doctor' tells whether it is whole."));

    private unsafe int FlushLog()
    {
        nint file = 0;
        var code = FileControl(session.Connection.Handle!.DangerousGetHandle(), 0, JournalPointer, (nint)(&file));
        if (code != raw.SQLITE_OK)
        {
            return code;
        }

        // A connection without an open log has a file without methods.
        var methods = file == 0 ? null : *(nint**)file;
        return methods is null ? raw.SQLITE_MISUSE : ((delegate* unmanaged[Cdecl]<nint, int, int>)methods[SyncMethod])(file, SyncNormal);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int FileControl(nint connection, nint schema, int operation, nint argument);
}
