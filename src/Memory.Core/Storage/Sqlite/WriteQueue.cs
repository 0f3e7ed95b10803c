using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// The one writer of this process. Work that waits at the same moment is committed together (group commit), each piece behind its own
/// savepoint, so that one disk flush acknowledges many writes and a failing piece undoes only itself.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MaxGroup = 128;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DatabaseFile _file;
    private readonly SqliteSession _session;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    public WriteQueue(DatabaseFile file, SqliteSession session, TimeProvider time)
    {
        _file = file;
        _session = session;
        _time = time;
        _loop = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Queues work for the next transaction. The task completes after the commit has reached the disk.</summary>
    public Task<T> EnqueueAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var item = new Item<T>(work, cancellationToken);
        return _items.Writer.TryWrite(item)
            ? item.Completion
            : Task.FromException<T>(new ObjectDisposedException(nameof(WriteQueue)));
    }

    /// <summary>Queues work that must run outside any transaction (a checkpoint, a backup).</summary>
    public Task<T> EnqueueAloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var item = new Item<T>(work, cancellationToken) { Alone = true };
        return _items.Writer.TryWrite(item)
            ? item.Completion
            : Task.FromException<T>(new ObjectDisposedException(nameof(WriteQueue)));
    }

    /// <summary>Finishes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_items.Writer.TryComplete())
        {
            await _loop;
            _session.Dispose();
        }
    }

    private void Work()
    {
        var group = new List<Item>(MaxGroup);
        while (Next(group))
        {
            if (group is [{ Alone: true } alone])
            {
                alone.Run(_session);
                alone.Complete(alone.Failure is SqliteException error ? _file.Explain(error) : null);
            }
            else
            {
                CommitTogether(group);
            }

            group.Clear();
        }
    }

    private bool Next(List<Item> group)
    {
        var reader = _items.Reader;
        if (!reader.TryPeek(out _) && !reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            return false;
        }

        while (group.Count < MaxGroup && reader.TryPeek(out var item) && (!item.Alone || group.Count == 0))
        {
            reader.TryRead(out _);
            group.Add(item);
            if (item.Alone)
            {
                break;
            }
        }

        return true;
    }

    private void CommitTogether(List<Item> group)
    {
        Exception? failure = null;
        try
        {
            _file.RequirePresence();
            Begin();
            if (group is [var only])
            {
                // Alone it needs no savepoint, for which SQLite would copy every page before it changes.
                only.Run(_session);
                Exec(only.Failure is null ? "COMMIT" : InTransaction ? "ROLLBACK" : throw only.Failure);
            }
            else
            {
                RunApart(group);
                Exec("COMMIT");
            }
        }
        catch (Exception error)
        {
            if (InTransaction)
            {
                _ = raw.sqlite3_exec(_session.Connection.Handle, "ROLLBACK");
            }

            failure = error is MemoryStoreException ? error : _file.Explain(error);
        }

        foreach (var item in group)
        {
            item.Complete(failure ?? (item.Failure is SqliteException error ? _file.Explain(error) : null));
        }
    }

    // Each behind its own savepoint: a failing piece undoes only itself.
    private void RunApart(List<Item> group)
    {
        foreach (var item in group)
        {
            Exec("SAVEPOINT item");
            item.Run(_session);
            if (item.Failure is not null)
            {
                // Some errors (a full disk) have already rolled everything back.
                if (!InTransaction)
                {
                    throw item.Failure;
                }

                Exec("ROLLBACK TO item");
            }

            Exec("RELEASE item");
        }
    }

    // SQLite's own busy handler backs off to 100 ms and would let a process starve among eager ones; short random pauses do not.
    private void Begin()
    {
        var handle = _session.Connection.Handle;
        var started = _time.GetTimestamp();
        _ = raw.sqlite3_busy_timeout(handle, 0);
        try
        {
            while (true)
            {
                var code = raw.sqlite3_exec(handle, "BEGIN IMMEDIATE");
                if (code == raw.SQLITE_OK)
                {
                    return;
                }

                if ((code & 0xFF) is not raw.SQLITE_BUSY || _time.GetElapsedTime(started) > LockTimeout)
                {
                    throw Error(code);
                }

                Thread.Sleep(TimeSpan.FromMicroseconds(Random.Shared.Next(200, 3000)));
            }
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(handle, (int)LockTimeout.TotalMilliseconds);
        }
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(_session.Connection.Handle) == 0;

    private void Exec(string sql)
    {
        if (raw.sqlite3_exec(_session.Connection.Handle, sql) is var code and not raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    private SqliteException Error(int code) =>
        new(raw.sqlite3_errmsg(_session.Connection.Handle).utf8_to_string(), code & 0xFF, code);

    private abstract class Item
    {
        public bool Alone { get; init; }

        public Exception? Failure { get; protected set; }

        public abstract void Run(SqliteSession session);

        /// <summary>Tells the caller: <paramref name="failure"/> when given, else its own failure, else its result.</summary>
        public abstract void Complete(Exception? failure);
    }

    private sealed class Item<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : Item
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Completion => _completion.Task;

        public override void Run(SqliteSession session)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                _result = work(session);
            }
            catch (Exception error)
            {
                Failure = error;
            }
        }

        public override void Complete(Exception? failure)
        {
            switch (Failure)
            {
                case OperationCanceledException cancelled:
                    _completion.TrySetCanceled(cancelled.CancellationToken);
                    break;
                case null when failure is null:
                    _completion.TrySetResult(_result!);
                    break;
                default:
                    _completion.TrySetException(failure ?? Failure!);
                    break;
            }
        }
    }
}
