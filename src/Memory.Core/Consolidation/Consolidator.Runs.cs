using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

public sealed partial class Consolidator
{
    /// <summary>The name of the lease that whoever does the night's work holds, beside that of the namespace at hand.</summary>
    public const string NightLeaseName = "consolidation";

    /// <summary>The name of the lease that whoever consolidates a namespace holds.</summary>
    /// <param name="ns">The namespace.</param>
    public static string LeaseName(Namespace ns) => HeldLease.NameOf(ns);

    /// <summary>A page of the runs of a namespace, newest first.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="after">The last run of the page before; the newest are on the first page.</param>
    /// <param name="limit">How many at most, from 1 on.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<RunPage> RunsAsync(Namespace ns, RunId? after, int limit, CancellationToken cancellationToken = default)
    {
        var runs = await _store.ReadAsync(ns, reader => reader.Runs(limit + 1, after), cancellationToken);
        return runs.Count > limit ? new RunPage([.. runs.Take(limit)], runs[limit - 1].Id) : new RunPage(runs, null);
    }

    /// <summary>One run of a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<Outcome<Run>> FindRunAsync(Namespace ns, RunId id, CancellationToken cancellationToken = default) =>
        await _store.ReadAsync(ns, reader => reader.FindRun(id), cancellationToken) is { } run
            ? run
            : new Problem(ProblemCode.NotFound, $"No run is named '{id}' in namespace '{ns}'.");

    // The next incremental run begins behind everything that only this run changed: it has nothing to find there. But before what was held back.
    private static long SeenBy(RunContext context, IMemoryReader reader) => reader.ActiveMemories()
        .Where(m => context.StateChanges.IsSeenAgain(m.Id)
            || (m.Sequence > context.Run.SeenSequence && context.Written.GetValueOrDefault(m.Id) != m.Sequence))
        .Select(static m => m.Sequence).DefaultIfEmpty(reader.LastSequence() + 1).Min() - 1;

    // What it did is whole, and nobody is at it any more. Where the store takes no note of that either, this process does.
    private async Task<MemoryStoreException> StoppedAsync(Run run, MemoryStoreException because)
    {
        try
        {
            await _store.WriteAsync(run.Namespace, writer => Save(writer, run with { State = RunState.Interrupted }), CancellationToken.None);
        }
        catch (MemoryStoreException)
        {
            ProcessIdentity.GiveUp(run.Holder);
        }

        var counts = run.Counts;
        var done = counts.IsEmpty
            ? "before it changed anything; the next run begins anew"
            : $"after {counts.Merged} merged, {counts.Superseded} superseded, {counts.Contested} contested, {counts.Rescored} rescored and {counts.Archived} archived. "
                + "That is kept: undoing the run puts it back, the next run does the rest";
        return new MemoryStoreException(because.Problem with { Message = $"Run {run.Id} stopped {done}. The step at which it stopped: {because.Problem.Message}" }, because);
    }
}
