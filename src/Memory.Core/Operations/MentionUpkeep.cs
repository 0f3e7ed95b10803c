using System.Threading.Channels;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>
/// Notes which entities new memories mention, a moment after they were stored and many together: a store does not wait for it, and together it is
/// a fraction of the work. Stopping loses nothing; whoever opens the store next goes on.
/// </summary>
internal sealed class MentionUpkeep(IMemoryStore store, TimeProvider time) : IAsyncDisposable
{
    // Whoever ends the process waits for no more than this.
    private const int LastSteps = 5;
    private static readonly TimeSpan LastWait = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    // What another process or a consolidation stores is not told here, so the store is looked at now and then.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private volatile bool _isBehind;
    private readonly Channel<bool> _stored = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Tells that memories were stored.</summary>
    public void Stored()
    {
        _isBehind = true;
        _stored.Writer.TryWrite(true);
    }

    /// <summary>Notes the mentions of every memory that is stored by now.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        // Before, and not after: what is stored meanwhile may come too late for the last look.
        _isBehind = false;
        while (await store.AddNewMentionsAsync(cancellationToken))
        {
        }
    }

    /// <summary>Notes what this process stored last, for the next one may not look for it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        using var end = new CancellationTokenSource(LastWait);
        try
        {
            for (var i = 0; i < LastSteps && _isBehind; i++)
            {
                _isBehind = await store.AddNewMentionsAsync(end.Token);
            }
        }
        catch (Exception error) when (error is MemoryStoreException or ObjectDisposedException or OperationCanceledException)
        {
            // The store fails, is closed already, or another process is writing: nothing is lost, they are noted the next time it is used.
        }
    }

    /// <summary>Notes them again and again until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await CompleteAsync(cancellationToken);
            await StoredOrLookAsync(cancellationToken);
            await Task.Delay(Gathering, time, cancellationToken);
        }
    }

    private async Task StoredOrLookAsync(CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(LookAgain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            await _stored.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
