using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

internal sealed partial class RunContext
{
    /// <summary>
    /// Plans and carries out one unit of work: a short transaction that reads what it changes, so that whatever happened since the scan
    /// is taken into account, and that checks its invariants before it is committed. A dry run only plans.
    /// </summary>
    /// <param name="plan">Reads and decides; <see langword="null"/> when there is nothing to do.</param>
    /// <param name="cancellationToken">Checked before the unit begins; a unit that began is finished.</param>
    /// <returns>What was done; <see langword="null"/> when nothing was.</returns>
    public async Task<PlannedUnit?> UnitAsync(Func<PlannedView, PlannedUnit?> plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = _unit + 1;
        try
        {
            var done = DryRun
                ? await store.ReadAsync(Namespace, reader => Intend(new PlannedView(reader, Planned), plan, number), CancellationToken.None)
                : await store.WriteAsync(Namespace, writer => CarryOut(writer, plan, number), CancellationToken.None);
            if (done is not null)
            {
                Note(done, number);
                await Task.Yield();
            }

            return done?.Unit;
        }
        catch (UnitRejectedException rejected)
        {
            _rolledBack.Add($"a unit was rolled back: {rejected.Message}");
            return null;
        }
    }

    /// <summary>Puts a unit of this run back.</summary>
    /// <param name="unit">Its number.</param>
    /// <param name="because">Why, in words without content.</param>
    /// <param name="cancellationToken">Prevents it if it has not begun.</param>
    public async Task PutBackAsync(int unit, string because, CancellationToken cancellationToken)
    {
        var (entries, conflicts, counted) = await store.WriteAsync(Namespace, writer =>
        {
            RequireLease(writer, Run.Holder);
            var entries = writer.JournalOf(Run.Id, [unit]);
            var conflicts = new UnitUndo(Confidence, Now).Undo(writer, entries);
            var counted = conflicts.Count == 0 ? Run with { Counts = Run.Counts.Plus(entries, -1) } : Run;
            writer.SaveRun(counted);
            return (entries, conflicts, counted);
        }, cancellationToken);
        Run = counted;
        foreach (var entry in entries)
        {
            ChangedIn.Remove(entry.Memory);
        }

        if (conflicts.Count == 0)
        {
            _told.Remove(unit);
        }

        _rolledBack.Add(conflicts.Count == 0 ? $"unit {unit} was put back: {because}" : $"unit {unit} could not be put back ({conflicts[0]}), although {because}");
    }

    private Done? Intend(PlannedView view, Func<PlannedView, PlannedUnit?> plan, int number)
    {
        if (plan(view) is not { } unit || !StateChanges.Allows(unit))
        {
            return null;
        }

        var resting = unit.Changes.Where(static c => !c.IsNew).Select(static c => c.Id)
            .Concat(unit.Changes.SelectMany(static c => new[] { c.MergedInto, c.SupersededBy, c.ContestedWith }).OfType<MemoryId>())
            .Where(id => !unit.Changes.Any(c => c.IsNew && c.Id == id)).ToHashSet();
        var records = view.FindMany(resting);
        _plan.Add(PlanNotation.Write(unit, number, records.ToDictionary(static m => m.Id, view.FingerprintOf)));
        var entries = Entries(unit, number);
        return new Done(unit, entries, [], Run with { Counts = Run.Counts.Plus(entries) }, records);
    }

    private Done? CarryOut(IMemoryWriter writer, Func<PlannedView, PlannedUnit?> plan, int number)
    {
        RequireLease(writer, Run.Holder);
        if (plan(new PlannedView(writer, Planned)) is not { } unit || !StateChanges.Allows(unit))
        {
            return null;
        }

        var now = services.Time.GetUtcNow();
        var written = new List<MemoryRecord>(unit.Changes.Count);
        foreach (var change in unit.Changes)
        {
            written.Add(change.Apply(writer, Run.Id, number, now));
            if (change.IsNew)
            {
                services.SetVector(writer, change.After);
            }
        }

        foreach (var change in unit.Changes)
        {
            change.ApplyLinks(writer, now);
        }

        if (UnitVerification.Check(writer, unit, judge) is { } broken)
        {
            throw new UnitRejectedException(broken);
        }

        var entries = Entries(unit, number);
        var counted = Run with { Counts = Run.Counts.Plus(entries) };
        writer.SaveRun(counted);
        var others = unit.Changes.SelectMany(static c => new[] { c.SupersededBy, c.MergedInto }).OfType<MemoryId>().Distinct().ToArray();
        return new Done(unit, entries, written, counted, writer.FindMany(others));
    }

    private void Note(Done done, int number)
    {
        _unit = number;
        Run = done.Run;
        StateChanges.Count(done.Unit);
        foreach (var memory in done.Written)
        {
            _written[memory.Id] = memory.Sequence;
        }

        if (DryRun)
        {
            Planned.Add(done.Unit);
        }

        foreach (var change in done.Unit.Changes)
        {
            _changed.Add(change.Id);
            if (change.ChangesState || change.IsNew)
            {
                ChangedIn[change.Id] = number;
            }

            if (change.ChangesState)
            {
                _ended.Add(change.Id.Bits);
            }
        }

        var records = done.Unit.Changes.ToDictionary(static c => c.Id, static c => c.After);
        var known = done.Known.ToDictionary(static m => m.Id);
        _told.Add(done.Unit.Kind, number, done.Entries, id => records.GetValueOrDefault(id) ?? known.GetValueOrDefault(id));
        if (DryRun && done.Unit.Kind == UnitKind.Contest)
        {
            PlannedContests.Add(ChangeWords.Contested(done.Unit.Changes[0].After, done.Unit.Changes[1].After));
        }
    }

    private JournalEntry[] Entries(PlannedUnit unit, int number) => [.. unit.Changes.Select(c => c.ToJournal(Run.Id, number))];

    private sealed record Done(PlannedUnit Unit, JournalEntry[] Entries, IReadOnlyList<MemoryRecord> Written, Run Run, IReadOnlyList<MemoryRecord> Known);
}
