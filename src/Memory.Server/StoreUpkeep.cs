using Memory.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Memory.Server;

/// <summary>What a server does with its store while nobody waits for it: opens it, purges what was forgotten, warms recall up, makes what is missing.</summary>
internal sealed partial class StoreUpkeep(ServerComposition composition, ILogger<StoreUpkeep> logger)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Does all of it, and stays at it until it is cancelled. Failures are logged; every call tries the store again by itself.</summary>
    /// <param name="asked">What may wait, waits for this: that a client has its first answer.</param>
    /// <param name="stopping">Ends the opening.</param>
    /// <param name="serving">Ends what catches up in the background; the next start goes on.</param>
    public async Task RunAsync(Task asked, CancellationToken stopping, CancellationToken serving)
    {
        try
        {
            await composition.Store.NamespacesAsync(stopping);
            if (await composition.Store.PurgeAsync(stopping) is { } reason)
            {
                TracesRemain(reason);
            }

            await composition.Memories.WarmUpAsync(composition.DefaultNamespace, IndexReady, serving);
            await asked.WaitAsync(serving);
            var memories = composition.Memories;
            await Task.WhenAll(
                UntilDoneAsync(memories.KeepVectorsAsync, VectorsMissing, serving),
                UntilDoneAsync(memories.KeepIndexesAsync, IndexesNotKept, serving),
                UntilDoneAsync(memories.AddMissingMentionsAsync, MentionsMissing, serving),
                UntilDoneAsync(memories.KeepMentionsAsync, MentionsLate, serving));
        }
        catch (MemoryStoreException error)
        {
            // The server stays up: every call says why, and the store is tried again each time.
            NotOpened(error.Problem.Message);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            // Nobody waits for this: what nobody expected here must not end a server that answers.
            Ended(error);
        }
    }

    // A store that cannot be written for a while (a full disk) can be written again later. What nobody expected ends this work alone: calls are answered.
    private async Task UntilDoneAsync(Func<CancellationToken, Task> work, Action<string> failed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work(cancellationToken);
                return;
            }
            catch (MemoryStoreException error)
            {
                failed(error.Problem.Message);
                await Task.Delay(AfterFailure, TimeProvider.System, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Ended(error);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What this server does with its store in the background failed; the next start goes on with it")]
    private partial void Ended(Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The index is ready: {Memories} memories")]
    private partial void IndexReady(int memories);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the newest memories mention is not noted yet; it is tried again: {Reason}")]
    private partial void MentionsLate(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The next start takes longer, for the index could not be kept; it is tried again: {Reason}")]
    private partial void IndexesNotKept(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some memories have no vector yet; it is tried again: {Reason}")]
    private partial void VectorsMissing(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The graph does not know every memory yet; it is tried again: {Reason}")]
    private partial void MentionsMissing(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be opened: {Reason}")]
    private partial void NotOpened(string reason);
}
