using System.Diagnostics;
using Memory.Core.Memories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// The one writer of this process. Who finds it idle commits on the thread he is on; what others ask meanwhile is committed together by
/// a thread of its own, started when it is first needed (group commit), each piece behind its own savepoint, so that one disk flush acknowledges many writes and a failing
/// piece undoes only itself.
/// </summary>
internal sealed partial class WriteQueue : IAsyncDisposable
{
    private const int MaxGroup = 128;

    // Whoever ends the process does not wait for another one that goes on writing.
    private static readonly TimeSpan LockTimeoutAtEnd = TimeSpan.FromMilliseconds(200);

    // A monitor and no semaphore: its wait does not first turn in circles, which costs the other processes their time on a busy machine.
    private readonly object _lock = new();
    private readonly Queue<QueuedWrite> _waiting = new();
    private readonly DatabaseFile _file;
    private readonly SqliteSession _session;
    private readonly LogFlush _flush;
    private readonly WriteLock _writeLock;
    private Task? _loop;
    private bool _isWriting;
    private bool _isHandedOver;
    private volatile bool _isClosed;
    private long _hastenedAt;
    private bool _isFinished;

    public WriteQueue(DatabaseFile file, SqliteSession session, LogFlush flush)
    {
        _file = file;
        _session = session;
        _flush = flush;
        _writeLock = new WriteLock(session, file.Path, flush);
    }

    /// <summary>Asks for work in the next transaction. The task completes after the commit has reached the disk.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Prevents it as long as it has not begun.</param>
    /// <param name="isLong">Whether a thread of the pool should not be held up by it.</param>
    public Task<T> EnqueueAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken, bool isLong = false)
    {
        var item = new QueuedWrite<T>(work, cancellationToken);
        Ask(item, here: !isLong);
        return item.Completion;
    }

    /// <summary>Asks for work that must run outside any transaction (a checkpoint, a backup).</summary>
    public Task<T> EnqueueAloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var item = new QueuedWrite<T>(work, cancellationToken) { Alone = true };
        Ask(item, here: false);
        return item.Completion;
    }

    /// <summary>From now on no write waits longer than 0.2 seconds for another process: this one is about to end.</summary>
    public void Hasten() => Interlocked.CompareExchange(ref _hastenedAt, Stopwatch.GetTimestamp(), 0);

    /// <summary>Finishes what is queued, then closes the connection. As long as another process is writing, that is given up after 0.2 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                Hasten();
                _isClosed = true;
                // Without a thread of its own, there is only who commits on his.
                if (_isWriting)
                {
                    StartLoop();
                }

                HandOverIfIdle();
            }
        }

        if (_loop is { } loop)
        {
            await loop;
        }

        _session.Dispose();
        _writeLock.Dispose();
    }

    private void Ask(QueuedWrite item, bool here)
    {
        // To wake another thread and be woken by it costs as much as a short commit. Only a thread of the pool may be held up.
        here &= Thread.CurrentThread.IsThreadPoolThread;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            here &= !_isWriting;
            if (here)
            {
                _isWriting = true;
            }
            else
            {
                _waiting.Enqueue(item);
                HandOverIfIdle();
            }
        }

        if (here)
        {
            CommitHere(item);
        }
    }

    // Where another process goes on writing, the thread of the queue waits for it.
    private void CommitHere(QueuedWrite item)
    {
        var begun = false;
        try
        {
            if (begun = _writeLock.TryBegin())
            {
                CommitTogether([item], begun);
            }
        }
        finally
        {
            _writeLock.Leave();
            lock (_lock)
            {
                if (!begun)
                {
                    _waiting.Enqueue(item);
                }

                _isWriting = false;
                HandOverIfIdle();
            }
        }
    }

    private void CommitTogether(List<QueuedWrite> group, bool begun = false)
    {
        Exception? failure = null;
        try
        {
            _file.RequirePresence();
            _flush.RequireSound();
            if (!begun)
            {
                _writeLock.Begin(() => RequireWanted(group));
            }

            if (group is [var only])
            {
                // Alone it needs no savepoint, for which SQLite would copy every page before it changes.
                only.Run(_session);
                _session.Control(only.Failure is null ? "COMMIT" : _session.InTransaction ? "ROLLBACK" : throw only.Failure);
            }
            else
            {
                RunApart(group);
                _session.Control("COMMIT");
            }
        }
        catch (Exception error)
        {
            if (_session.InTransaction)
            {
                _ = raw.sqlite3_exec(_session.Connection.Handle, "ROLLBACK");
            }

            failure = Explained(error);
        }
        finally
        {
            _writeLock.Leave();
        }

        // Nobody is answered before the disk has it; the next process already writes.
        failure ??= _flush.Run();
        foreach (var item in group)
        {
            item.Complete(failure ?? (item.Failure is SqliteException error ? Explained(error) : null));
        }
    }

    // Each behind its own savepoint: a failing piece undoes only itself.
    private void RunApart(List<QueuedWrite> group)
    {
        foreach (var item in group)
        {
            _session.Control("SAVEPOINT item");
            item.Run(_session);
            if (item.Failure is not null)
            {
                // Some errors (a full disk) have already rolled everything back.
                if (!_session.InTransaction)
                {
                    throw item.Failure;
                }

                _session.Control("ROLLBACK TO item");
            }

            _session.Control("RELEASE item");
        }
    }

    private void RequireWanted(List<QueuedWrite> group)
    {
        if (Interlocked.Read(ref _hastenedAt) is var at and not 0 && Stopwatch.GetElapsedTime(at) > LockTimeoutAtEnd)
        {
            throw new MemoryStoreException(new Problem(
                ProblemCode.StoreUnavailable, $"The server ended while another process was writing to '{_file.Path}'. Nothing was stored; try again."));
        }

        if (group.TrueForAll(static w => w.IsCancelled))
        {
            throw new OperationCanceledException();
        }
    }

    // Who waits for the writer must be told something: an error that cannot be explained is told as it is.
    private Exception Explained(Exception error)
    {
        try
        {
            return error is MemoryStoreException or OperationCanceledException ? error : _file.Explain(error);
        }
        catch (Exception unexplained) when (unexplained is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }
}
