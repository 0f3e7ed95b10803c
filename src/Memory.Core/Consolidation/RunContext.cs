using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation;

/// <summary>What the stages of one run share: the store, the findings so far, and the one way to change anything.</summary>
internal sealed class RunContext(
    IMemoryStore store,
    ConsolidationRequest request,
    Run run,
    long afterSequence,
    ConsolidationOptions options,
    ConfidenceOptions confidence,
    TimeProvider time)
{
    /// <summary>The name of the lease that the holder of a run must have.</summary>
    public const string LeaseName = "consolidation";

    private readonly Dictionary<MemoryId, MemoryRecord> _planned = [];
    private readonly List<(ChangeWeight Weight, string Words)> _told = [];
    private int _unit;

    public IMemoryStore Store => store;

    public Namespace Namespace => request.Namespace;

    public Run Run { get; private set; } = run;

    public bool DryRun => request.DryRun;

    public ConsolidationOptions Options => options;

    public ConfidenceOptions Confidence => confidence;

    public DateTimeOffset Now { get; } = run.StartedAt;

    /// <summary>The run looks at what changed after this place in the order of changes; 0 for everything.</summary>
    public long AfterSequence => afterSequence;

    /// <summary>The memories the run looks at (found by the scan).</summary>
    public IReadOnlyList<MemoryId> Examined { get; set; } = [];

    /// <summary>Groups of memories that may say the same (found by the scan).</summary>
    public IReadOnlyList<IReadOnlyList<MemoryId>> Candidates { get; set; } = [];

    /// <summary>Groups of memories that do say the same (found by deduplication).</summary>
    public IReadOnlyList<IReadOnlyList<MemoryId>> Clusters { get; set; } = [];

    /// <summary>What was changed, in words with an excerpt of the content, the weightiest first. Shown once, stored nowhere.</summary>
    public IReadOnlyList<string> Told => [.. _told.OrderBy(static t => t.Weight).Select(static t => t.Words).Take(options.ReportedChanges)];

    /// <summary>Tells how far the stage at work has come.</summary>
    public Action<int, int> Progress { get; set; } = static (_, _) => { };

    /// <summary>Tells of a change, unless enough of its weight were told.</summary>
    public void Tell(ChangeWeight weight, string words)
    {
        if (_told.Count(t => t.Weight == weight) < options.ReportedChanges)
        {
            _told.Add((weight, words));
        }
    }

    /// <summary>Whether an earlier stage of this run changed the memory, or would have were this no dry run.</summary>
    public bool IsChanged(MemoryId id) => _planned.ContainsKey(id);

    /// <summary>The memory as earlier stages leave it: in a dry run the store does not know that yet.</summary>
    public MemoryRecord Current(MemoryRecord stored) => DryRun ? _planned.GetValueOrDefault(stored.Id, stored) : stored;

    /// <summary>
    /// Plans and carries out one unit of work: a short transaction that reads what it changes, so that whatever happened since the scan
    /// is taken into account. A dry run only plans.
    /// </summary>
    /// <param name="plan">Reads and decides.</param>
    /// <param name="count">Adds what was changed to the counts of the run.</param>
    /// <param name="cancellationToken">Checked before the unit begins; a unit that began is finished.</param>
    public async Task UnitAsync(
        Func<IMemoryReader, IReadOnlyList<PlannedChange>> plan,
        Func<RunCounts, IReadOnlyList<PlannedChange>, RunCounts> count,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var unit = _unit + 1;
        var (changes, counted) = DryRun
            ? await store.ReadAsync(Namespace, reader => Count(plan(reader)), CancellationToken.None)
            : await store.WriteAsync(Namespace, writer => Carry(writer, unit), CancellationToken.None);
        if (changes.Count == 0)
        {
            return;
        }

        _unit = unit;
        Run = counted;
        foreach (var change in changes)
        {
            _planned[change.Before.Id] = change.After;
        }

        (IReadOnlyList<PlannedChange>, Run) Count(IReadOnlyList<PlannedChange> changes) =>
            (changes, Run with { Counts = count(Run.Counts, changes) });

        (IReadOnlyList<PlannedChange>, Run) Carry(IMemoryWriter writer, int number)
        {
            RequireLease(writer, Run.Holder);
            var planned = Count(plan(writer));
            foreach (var change in planned.Item1)
            {
                change.Apply(writer, Run.Id, number, time.GetUtcNow());
            }

            if (planned.Item1.Count > 0)
            {
                writer.SaveRun(planned.Item2);
            }

            return planned;
        }
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

    /// <summary>A few words of a memory's content, for a report.</summary>
    public static string Excerpt(MemoryRecord memory)
    {
        const int Length = 60;
        var line = memory.Content.ReplaceLineEndings(" ");
        if (line.Length <= Length)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[Length - 1]) ? Length - 1 : Length;
        return string.Concat(line.AsSpan(0, cut).TrimEnd(), "…");
    }
}

/// <summary>How much a kind of change matters to the owner, the weightiest first.</summary>
internal enum ChangeWeight
{
    Merged,
    Archived,
    Rescored,
}

/// <summary>Another process holds the lease now.</summary>
internal sealed class LeaseLostException : Exception;
