using Memory.Core.Memories;
using Microsoft.Extensions.Logging;

namespace Memory.Core.Consolidation;

public sealed partial class Consolidator
{
    // Somebody may be at a namespace when its turn comes.
    private static readonly TimeSpan NightPatience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Does the night's work: an incremental run over every namespace, unless one that began at or after <paramref name="dueAt"/> is done.
    /// Of all processes that share the store exactly one does it.
    /// </summary>
    /// <param name="dueAt">When the work was due.</param>
    /// <param name="done">Told of each namespace when it is done: what follows may fail.</param>
    /// <param name="cancellationToken">Ends it between two units; the night then counts as not done.</param>
    /// <returns>The reports, none when the work was done already; or who is at it.</returns>
    public async Task<Outcome<IReadOnlyList<ConsolidationReport>>> RunNightAsync(
        DateTimeOffset dueAt, Func<ConsolidationReport, ValueTask>? done = null, CancellationToken cancellationToken = default)
    {
        var (night, problem) = await HeldLease.TakeNightAsync(_store, _options.LeaseDuration, _time, _random, cancellationToken);
        if (night is null)
        {
            return problem!;
        }

        await using (night)
        {
            var reports = new List<ConsolidationReport>();
            var startedAt = _time.GetUtcNow();
            // A night in the future was noted by a clock that has since been set back.
            if (await _store.LastNightAsync(cancellationToken) is var last && last >= dueAt && last <= startedAt)
            {
                return reports.ToArray();
            }

            foreach (var ns in await _store.NamespacesAsync(cancellationToken))
            {
                var outcome = await RunNightOfAsync(ns, cancellationToken);
                if (!outcome.Succeeded)
                {
                    return outcome.Problem;
                }

                reports.Add(outcome.Value);
                await (done?.Invoke(outcome.Value) ?? ValueTask.CompletedTask);
                cancellationToken.ThrowIfCancellationRequested();
            }

            await _store.SetLastNightAsync(startedAt, CancellationToken.None);
            if (await _store.PurgeAsync(cancellationToken) is { } reason)
            {
                TracesRemain(reason);
            }

            return reports.ToArray();
        }
    }

    private async Task<Outcome<ConsolidationReport>> RunNightOfAsync(Namespace ns, CancellationToken cancellationToken)
    {
        var (lease, problem) = await HeldLease.TakeAsync(_store, ns, _options.LeaseDuration, _time, _random, cancellationToken, NightPatience);
        if (lease is null)
        {
            return problem!;
        }

        await using (lease)
        {
            return await RunStagesAsync(new ConsolidationRequest(ns, Cause: RunCause.Schedule), lease.Holder, null, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);
}
