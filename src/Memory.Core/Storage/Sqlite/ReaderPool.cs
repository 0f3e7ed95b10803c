using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Open reading connections with their prepared statements, handed out one a read.</summary>
internal sealed class ReaderPool(DatabaseFile file) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>
    /// Reads from one snapshot, on a thread of the pool, since SQLite knows no asynchronous reading. Who is on such a thread stays there:
    /// waking another costs as much as a short read.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        if (!Thread.CurrentThread.IsThreadPoolThread)
        {
            return await Task.Run(() => Read(read, fresh: false), cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Read(read, fresh: false);
    }

    /// <summary>The same on a connection just opened, which remembers nothing of the indexes.</summary>
    public Task<T> ReadFreshAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Read(read, fresh: true), cancellationToken);

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T Read<T>(Func<SqliteSession, T> read, bool fresh)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteSession? session = null;
        try
        {
            session = !fresh && _idle.TryTake(out var idle) ? idle : Open();
            session.Execute("BEGIN");
            var result = read(session);
            // Who checked the indexes was told of their damage; COMMIT would fail of it once more.
            session.Execute(fresh ? "ROLLBACK" : "COMMIT");
            Return(session);
            return result;
        }
        catch (Exception error)
        {
            session?.Dispose();
            throw error is SqliteException or IOException or UnauthorizedAccessException ? file.Explain(error) : error;
        }
    }

    private SqliteSession Open()
    {
        var session = file.OpenReader();
        // What a reader has cached is void as soon as anybody writes; there are many readers, and the system caches the file for all.
        session.Execute("PRAGMA cache_size = -512");
        return session;
    }

    private void Return(SqliteSession session)
    {
        _idle.Add(session);
        if (_disposed)
        {
            Dispose();
        }
    }
}
