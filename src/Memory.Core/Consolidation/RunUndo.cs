using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>What an undo did.</summary>
/// <param name="Run">The run.</param>
/// <param name="Restored">How many memories are again as they were before the run.</param>
/// <param name="Refused">What could not be put back because it was edited since, and why; the run then does not count as undone.</param>
public sealed record UndoReport(RunId Run, int Restored, IReadOnlyList<string> Refused);

/// <summary>
/// Puts back what a run changed, in reverse order, each unit in its own transaction. What was edited since is refused with the reason, together
/// with what it cannot be parted from, and all else is put back; so undo may be repeated.
/// </summary>
internal sealed class RunUndo(IMemoryStore store, string holder, ConfidenceOptions confidence, TimeProvider time)
{
    public async Task<Outcome<UndoReport>> UndoAsync(Namespace ns, RunId id, CancellationToken cancellationToken)
    {
        var (run, journal) = await store.ReadAsync(ns, reader => (reader.FindRun(id), reader.JournalOf(id)), cancellationToken);
        switch (run)
        {
            case null:
                return new Problem(ProblemCode.NotFound, $"No run is named '{id}' in namespace '{ns}'. status names the last one.");
            case { State: RunState.Undone }:
                return new Problem(ProblemCode.Conflict, $"Run '{id}' is undone already.");
        }

        try
        {
            return await UndoAsync(ns, run, journal, cancellationToken);
        }
        catch (LeaseLostException)
        {
            return new Problem(ProblemCode.Conflict,
                $"The undo of run '{id}' stopped: its process was suspended so long that another took over. What it put back is whole; undo again to finish.");
        }
    }

    private async Task<UndoReport> UndoAsync(Namespace ns, Run run, IReadOnlyList<JournalEntry> journal, CancellationToken cancellationToken)
    {
        // One instant for all: the run is one correction.
        var undo = new UnitUndo(confidence, Instant.Whole(time.GetUtcNow()));
        var restored = new HashSet<MemoryId>();
        var kept = new HashSet<MemoryId>();
        // A memory may have been changed by several units, and stands in the way of each.
        var refused = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        try
        {
            foreach (var unit in journal.Where(static e => !e.IsUndone).GroupBy(static e => e.Unit).Reverse())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entries = unit.ToList();
                var (putBack, conflicts) = await store.WriteAsync(ns, writer =>
                {
                    RunContext.RequireLease(writer, holder);
                    return undo.Undo(writer, entries);
                }, CancellationToken.None);
                restored.UnionWith(putBack.Where(static e => e.After.IsNew is not true).Select(static e => e.Memory));
                kept.UnionWith(entries.Select(static e => e.Memory).Except(putBack.Select(static e => e.Memory)));
                foreach (var conflict in conflicts)
                {
                    refused.TryAdd(conflict, true);
                }
            }
        }
        catch (MemoryStoreException error)
        {
            throw new MemoryStoreException(error.Problem with
            {
                Message = $"The undo of run {run.Id} stopped after {restored.Count} memories were put back; undo again to finish. The step at which it stopped: {error.Problem.Message}",
            }, error);
        }

        if (refused.Count == 0)
        {
            await store.WriteAsync(ns, writer =>
            {
                writer.SaveRun(run with { State = RunState.Undone, FinishedAt = run.FinishedAt ?? time.GetUtcNow() });
                return true;
            }, CancellationToken.None);
        }

        return new UndoReport(run.Id, restored.Count(m => !kept.Contains(m)), [.. refused.Keys]);
    }
}
