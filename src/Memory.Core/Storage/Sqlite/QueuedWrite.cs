namespace Memory.Core.Storage.Sqlite;

/// <summary>A piece of work for the writer, and who waits for it.</summary>
internal abstract class QueuedWrite
{
    /// <summary>Whether it must run outside any transaction.</summary>
    public bool Alone { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it did not, or has not run.</summary>
    public Exception? Failure { get; protected set; }

    /// <summary>Whether nobody wants it any more.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Runs it; a failure is kept and not thrown.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller: <paramref name="failure"/> when given, else its own failure, else its result.</summary>
    public abstract void Complete(Exception? failure);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<T> : QueuedWrite
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Abandoned = 2;

    private readonly Func<SqliteSession, T> _work;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _abandoning;
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private T? _result;

    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">As long as it has not begun, ends the wait for it at once, whoever is being waited for.</param>
    public QueuedWrite(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        _work = work;
        _cancellationToken = cancellationToken;
        _abandoning = cancellationToken.UnsafeRegister(static write => ((QueuedWrite<T>)write!).Abandon(), this);
    }

    /// <summary>Its result, once it is told.</summary>
    public Task<T> Completion => _completion.Task;

    public override bool IsCancelled => _cancellationToken.IsCancellationRequested;

    public override void Run(SqliteSession session)
    {
        try
        {
            if (_cancellationToken.IsCancellationRequested || Interlocked.CompareExchange(ref _state, Begun, Waiting) == Abandoned)
            {
                throw new OperationCanceledException(_cancellationToken);
            }

            _result = _work(session);
        }
        catch (Exception error)
        {
            Failure = error;
        }
    }

    public override void Complete(Exception? failure)
    {
        _abandoning.Unregister();
        switch (failure as OperationCanceledException ?? Failure)
        {
            case OperationCanceledException:
                _completion.TrySetCanceled(_cancellationToken);
                break;
            case null when failure is null:
                _completion.TrySetResult(_result!);
                break;
            default:
                _completion.TrySetException(failure ?? Failure!);
                break;
        }
    }

    private void Abandon()
    {
        if (Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting)
        {
            _completion.TrySetCanceled(_cancellationToken);
        }
    }
}
