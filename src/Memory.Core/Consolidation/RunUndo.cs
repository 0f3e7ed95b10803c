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
/// Puts back what a run changed, in reverse order, each unit whole and in its own transaction. A field is put back only if it still has
/// the value that the run gave it: undo never overwrites a later edit. What was put back is noted, so undo may be repeated.
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
        var restored = 0;
        var refused = new List<string>();
        foreach (var unit in journal.Where(static e => !e.IsUndone).GroupBy(static e => e.Unit).Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = unit.Reverse().ToList();
            var conflicts = await store.WriteAsync(ns, writer => Undo(writer, entries), CancellationToken.None);
            restored += conflicts.Count == 0 ? entries.Count : 0;
            refused.AddRange(conflicts);
        }

        if (refused.Count == 0)
        {
            await store.WriteAsync(ns, writer =>
            {
                writer.SaveRun(run with { State = RunState.Undone, FinishedAt = run.FinishedAt ?? time.GetUtcNow() });
                return true;
            }, CancellationToken.None);
        }

        return new UndoReport(run.Id, restored, refused);
    }

    private List<string> Undo(IMemoryWriter writer, List<JournalEntry> entries)
    {
        RunContext.RequireLease(writer, holder);
        var conflicts = entries.Select(e => Conflict(writer, e)).OfType<string>().ToList();
        if (conflicts.Count > 0)
        {
            return conflicts;
        }

        writer.MarkUndone(entries[0].Run, entries[0].Unit);
        // Links first: confidence counts evidence through them.
        foreach (var entry in entries)
        {
            if (entry.After.MergedInto is { Length: > 0 } into)
            {
                writer.RemoveLink(entry.Memory, MemoryId.FromStore(into), LinkKind.MergedInto);
            }
        }

        foreach (var entry in entries)
        {
            var current = writer.Find(entry.Memory)!;
            var (value, at) = Confidence(writer, current, entry);
            writer.Update(current with
            {
                State = entry.Before.State ?? current.State,
                Tags = entry.Before.Tags ?? current.Tags,
                Importance = entry.Before.Importance ?? current.Importance,
                Confidence = value,
                ConfidenceAt = at,
            });
        }

        return [];
    }

    private static string? Conflict(IMemoryWriter writer, JournalEntry entry)
    {
        var current = writer.Find(entry.Memory)!;
        if (current.State == MemoryState.Forgotten)
        {
            return $"{entry.Memory} was forgotten since";
        }

        // A later run that did the same again (archived once more what was in use for a while) must be undone first.
        if (entry.After.State is not null && writer.ChangesAfter(entry).FirstOrDefault(static later => later.After.State is not null) is { } change)
        {
            return $"{entry.Memory} was changed by run {change.Run} since; undo that one first";
        }

        // What is as it was before already is no conflict.
        if (Differs(entry.Before.State, entry.After.State, current.State))
        {
            return $"{entry.Memory} is {Names.Of(current.State)} since; the run had left it {Names.Of(entry.After.State!.Value)}";
        }

        if (entry.After.MergedInto is { Length: > 0 } into && current.State == MemoryState.Merged
            && writer.Find(MemoryId.FromStore(into)) is { State: MemoryState.Superseded or MemoryState.Merged or MemoryState.Forgotten } target)
        {
            // Its words would come back beside those that replaced them.
            return $"{entry.Memory} was merged into {target.Id}, which is {Names.Of(target.State)} since";
        }

        if (Differs(entry.Before.Importance, entry.After.Importance, current.Importance))
        {
            return $"the importance of {entry.Memory} was changed since";
        }

        if (entry is { Before.Tags: { } before, After.Tags: { } after }
            && !current.Tags.SequenceEqual(after, StringComparer.Ordinal) && !current.Tags.SequenceEqual(before, StringComparer.Ordinal))
        {
            return $"the tags of {entry.Memory} were changed since";
        }

        return null;
    }

    private static bool Differs<T>(T? before, T? after, T current) where T : struct =>
        after is { } changed && !changed.Equals(current) && !before.Equals(current);

    // Confidence is derived, so nobody edits it: what it was, if the evidence is again as it was; else what it is, if the evidence says so;
    // else it is calculated anew.
    private (double Value, DateTimeOffset At) Confidence(IMemoryWriter writer, MemoryRecord current, JournalEntry entry)
    {
        var evidence = writer.EvidenceOf([current.Id])[current.Id];
        if (entry.Before is { Confidence: { } was, ConfidenceAt: { } wasAt } && Follows(was, wasAt))
        {
            return (was, wasAt);
        }

        if (Follows(current.Confidence, current.ConfidenceAt))
        {
            return (current.Confidence, current.ConfidenceAt);
        }

        var now = Instant.Whole(time.GetUtcNow());
        return (Of(now), now);

        double Of(DateTimeOffset at) => ConfidenceCalculation.Of(evidence, current.Kind, at, confidence).Value;
        bool Follows(double value, DateTimeOffset at) => Math.Abs(Of(at) - value) < 1e-9;
    }
}
