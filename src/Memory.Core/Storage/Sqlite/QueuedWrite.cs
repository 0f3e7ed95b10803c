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
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : QueuedWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>Its result, once it is told.</summary>
    public Task<T> Completion => _completion.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

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
        switch (failure as OperationCanceledException ?? Failure)
        {
            case OperationCanceledException:
                _completion.TrySetCanceled(cancellationToken);
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
