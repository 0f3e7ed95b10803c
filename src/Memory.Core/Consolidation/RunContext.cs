using Memory.Core.Confidence;
using Memory.Core.Consolidation.Clusters;
using Memory.Core.Consolidation.Contradictions;
using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Planning;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>What the stages of one run share: the store, the findings so far, and the one way to change anything.</summary>
internal sealed class RunContext(
    IMemoryStore store,
    ConsolidationRequest request,
    Run run,
    long afterSequence,
    ConsolidationTools tools,
    PairJudge judge)
{
    /// <summary>The name of the lease that the holder of a run must have.</summary>
    public const string LeaseName = "consolidation";

    private readonly HashSet<MemoryId> _changed = [];
    private readonly HashSet<ulong> _ended = [];
    private readonly Dictionary<MemoryId, long> _written = [];
    private readonly ToldChanges _told = new(tools.Options.ReportedChanges);
    private readonly List<string> _rolledBack = [];
    private readonly List<PlanUnit> _plan = [];
    private int _unit;

    public IMemoryStore Store => store;

    public Namespace Namespace => request.Namespace;

    public Run Run { get; private set; } = run;

    public bool DryRun => request.DryRun;

    public bool Force => request.Force;

    public ConsolidationOptions Options => tools.Options;

    public ConfidenceOptions Confidence => tools.Confidence;

    public PairJudge Judge => judge;

    /// <summary>What a language model may do in this run; without one it answers nothing.</summary>
    public LanguageModelRun LanguageModel { get; } = tools.BeginLanguageModel();

    public RecallCheck Recalls => tools.Recalls;

    public RecallIndexes Indexes => tools.Indexes;

    /// <summary>The model by whose vectors neighbours are found, as the store names it.</summary>
    public string VectorModel => tools.VectorModel;

    /// <summary>The numbers of one of its vectors.</summary>
    public int VectorDimensions => tools.VectorDimensions;

    public DateTimeOffset Now { get; } = run.StartedAt;

    /// <summary>The run looks at what changed after this place in the order of changes; 0 for everything.</summary>
    public long AfterSequence => afterSequence;

    /// <summary>All active memories (found by the scan).</summary>
    public IReadOnlyList<ActiveMemory> Active { get; set; } = [];

    /// <summary>Groups of memories that may be the same text (found by the scan).</summary>
    public IReadOnlyList<IReadOnlyList<MemoryId>> SameTextGroups { get; set; } = [];

    /// <summary>The memories whose pairs are looked for: at first what changed, then what the merges so far give a reason to look at again.</summary>
    public IReadOnlyList<MemoryId> Queries { get; set; } = [];

    /// <summary>The pairs that were looked at, by the memories of each.</summary>
    public List<(MemoryId One, MemoryId Other)> Proposals { get; } = [];

    /// <summary>The pairs that were judged.</summary>
    public HashSet<(ulong, ulong)> Judged { get; } = [];

    /// <summary>Groups of memories that say the same (found by deduplication).</summary>
    public IReadOnlyList<Cluster> Clusters { get; set; } = [];

    /// <summary>Pairs that contradict each other (found by deduplication).</summary>
    public List<Contradiction> Contradictions { get; } = [];

    /// <summary>What contradicts each other and needs the owner's decision, in words (found by the report).</summary>
    public IReadOnlyList<string> Contested { get; set; } = [];

    /// <summary>The same of what a dry run would mark.</summary>
    public List<string> PlannedContests { get; } = [];

    /// <summary>In which unit of the run each memory left the state it was in.</summary>
    public Dictionary<MemoryId, int> ChangedIn { get; } = [];

    /// <summary>What units of a dry run have planned and nobody has carried out.</summary>
    public PlannedChanges Planned { get; } = new();

    /// <summary>How many memories may change state.</summary>
    public StateChangeLimit StateChanges { get; set; } = new(0, tools.Options, force: true);

    /// <summary>What was changed, in words with an excerpt of the content, the weightiest first. Shown once, stored nowhere.</summary>
    public IReadOnlyList<string> Told => _told.Words;

    /// <summary>The units of which <see cref="Told"/> tells.</summary>
    public IReadOnlyList<int> ToldUnits => _told.Units;

    /// <summary>What was not done or put back, and why.</summary>
    public IReadOnlyList<string> RolledBack => StateChanges.HeldBack is { } heldBack ? [.. _rolledBack, heldBack] : _rolledBack;

    /// <summary>The units that a dry run planned, as the store keeps them.</summary>
    public IReadOnlyList<PlanUnit> Plan => _plan;

    /// <summary>The place in the order of changes that the run itself gave each memory it changed.</summary>
    public IReadOnlyDictionary<MemoryId, long> Written => _written;

    /// <summary>Tells how far the stage at work has come.</summary>
    public Action<int, int> Progress { get; set; } = static (_, _) => { };

    /// <summary>Whether an earlier stage of this run changed the memory, or would have were this no dry run.</summary>
    public bool IsChanged(MemoryId id) => _changed.Contains(id);

    /// <summary>Whether this run has taken the memory out of the active ones, or would have.</summary>
    public bool HasEnded(ulong id) => _ended.Contains(id);

    /// <summary>A name for a memory to be made.</summary>
    public MemoryId NewId() => MemoryId.New(tools.Random);

    /// <summary>
    /// Sets what is looked at next: whoever was in a pair with a memory that is merged now has room for another pair, and what was made is new.
    /// </summary>
    public void LookAgain(IReadOnlySet<MemoryId> merged)
    {
        var again = new HashSet<MemoryId>(merged);
        foreach (var (one, other) in Proposals)
        {
            if (merged.Contains(one) || merged.Contains(other))
            {
                again.Add(one);
                again.Add(other);
            }
        }

        again.RemoveWhere(id => _ended.Contains(id.Bits));
        Queries = [.. again.OrderBy(static id => id.Bits)];
    }

    /// <summary>Sets the number of the next unit, where a plan has set it.</summary>
    public void NumberNext(int unit) => _unit = unit - 1;

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

    /// <summary>Whoever was suspended until another took over must not write a word.</summary>
    /// <exception cref="LeaseLostException">Another holds the lease, or nobody does.</exception>
    public static void RequireLease(IMemoryWriter writer, string holder)
    {
        if (writer.LeaseHolder(LeaseName) != holder)
        {
            throw new LeaseLostException();
        }
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

        var now = tools.Time.GetUtcNow();
        var written = new List<MemoryRecord>(unit.Changes.Count);
        foreach (var change in unit.Changes)
        {
            written.Add(change.Apply(writer, Run.Id, number, now));
            if (change.IsNew)
            {
                tools.SetVector(writer, change.After);
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

/// <summary>Another process holds the lease now.</summary>
internal sealed class LeaseLostException : Exception;
