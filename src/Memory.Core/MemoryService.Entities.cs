using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core;

public sealed partial class MemoryService
{
    private static readonly TimeSpan MissingPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The named things that active memories mention with an entity, or the most connected ones. Looking does not count as recalling.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>The entity among its neighbours, or what is wrong; of an unknown entity, which names are close.</returns>
    public async Task<Outcome<EntityGraph>> GraphAsync(Namespace ns, GraphRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Check() is { } problem)
        {
            return problem;
        }

        await _mentions.CompleteAsync(cancellationToken);
        return await _store.ReadAsync(ns, reader => GraphOperation.Show(reader, request), cancellationToken);
    }

    /// <summary>
    /// Finds the entities of memories that were stored before there were entities, a few at a time with pauses, so that nobody waits for it.
    /// Whatever ends it, the next call goes on from there.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddMissingMentionsAsync(CancellationToken cancellationToken = default)
    {
        do
        {
            await Task.Delay(MissingPause, _time, cancellationToken);
        }
        while (await _store.AddMissingMentionsAsync(cancellationToken));
    }

    /// <summary>Notes now which entities the memories mention that are stored by now, for a caller that will not wait until the server does.</summary>
    /// <param name="cancellationToken">Ends it; what is not noted by then is noted the next time.</param>
    public Task NoteMentionsAsync(CancellationToken cancellationToken = default) => _mentions.CompleteAsync(cancellationToken);

    /// <summary>
    /// Notes, a moment after memories were stored and many together, which entities they mention, until it is cancelled. Without it the graph does so
    /// when it is asked for, and recall does not know of what the newest memories have in common.
    /// </summary>
    /// <param name="cancellationToken">Ends it; what is not noted by then is noted the next time.</param>
    public Task KeepMentionsAsync(CancellationToken cancellationToken) => _mentions.RunAsync(cancellationToken);
}
