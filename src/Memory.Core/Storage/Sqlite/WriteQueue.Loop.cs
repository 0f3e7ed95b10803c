using Microsoft.Data.Sqlite;

namespace Memory.Core.Storage.Sqlite;

// The thread of its own: who hands work over to it, and how it ends.
internal sealed partial class WriteQueue
{
    // Within the lock.
    private void HandOverIfIdle()
    {
        if (!_isWriting && (_waiting.Count > 0 || (_isClosed && _loop is not null)))
        {
            _isWriting = true;
            _isHandedOver = true;
            StartLoop();
            Monitor.Pulse(_lock);
        }
    }

    // Within the lock.
    private void StartLoop() => _loop ??= Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Work()
    {
        var group = new List<QueuedWrite>(MaxGroup);
        do
        {
            AwaitTurn();
            while (Take(group))
            {
                if (group is [{ Alone: true } alone])
                {
                    alone.Run(_session);
                    alone.Complete(alone.Failure is SqliteException error ? Explained(error) : _flush.Run());
                }
                else
                {
                    CommitTogether(group);
                }
            }
        }
        while (!_isFinished);
    }

    private void AwaitTurn()
    {
        lock (_lock)
        {
            while (!_isHandedOver)
            {
                Monitor.Wait(_lock);
            }

            _isHandedOver = false;
        }
    }

    // The next of what waits; with nothing, the writer is idle again.
    private bool Take(List<QueuedWrite> group)
    {
        group.Clear();
        lock (_lock)
        {
            while (group.Count < MaxGroup && _waiting.TryPeek(out var item) && (!item.Alone || group.Count == 0))
            {
                group.Add(_waiting.Dequeue());
                if (item.Alone)
                {
                    break;
                }
            }

            _isWriting = group.Count > 0;
            _isFinished = !_isWriting && _isClosed;
            return _isWriting;
        }
    }
}
