using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

internal sealed partial class WriteQueue
{
    /// <summary>Whether another process has been met that writes to the file.</summary>
    public bool KnowsOthers => _writeLock.KnowsOthers;

    /// <summary>
    /// Reads on the writer's own connection, if nobody uses it and no other process writes to the file: then what it has read stays valid from
    /// one write to the next, and what a reader has is void after each.
    /// </summary>
    /// <param name="read">Does the reading; writes that are asked meanwhile wait for it.</param>
    /// <param name="result">What was read.</param>
    /// <returns>Whether it was read so.</returns>
    public bool TryRead<T>(Func<SqliteSession, T> read, [MaybeNullWhen(false)] out T result)
    {
        lock (_lock)
        {
            if (_isWriting || _isClosed || KnowsOthers || !Thread.CurrentThread.IsThreadPoolThread)
            {
                result = default;
                return false;
            }

            _isWriting = true;
        }

        try
        {
            _session.Control("BEGIN");
            result = read(_session);
            return true;
        }
        catch (SqliteException error)
        {
            throw Explained(error);
        }
        finally
        {
            if (_session.InTransaction)
            {
                _ = raw.sqlite3_exec(_session.Connection.Handle, "COMMIT");
            }

            lock (_lock)
            {
                _isWriting = false;
                HandOverIfIdle();
            }
        }
    }
}
