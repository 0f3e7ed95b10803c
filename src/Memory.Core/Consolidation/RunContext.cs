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
internal sealed partial class RunContext(
    IMemoryStore store,
    ConsolidationRequest request,
    Run run,
    long afterSequence,
    ConsolidationServices services,
    PairJudge judge)
{
    private readonly HashSet<MemoryId> _changed = [];
    private readonly HashSet<ulong> _ended = [];
    private readonly Dictionary<MemoryId, long> _written = [];
    private readonly ToldChanges _told = new(services.Options.ReportedChanges);
    private readonly List<string> _rolledBack = [];
    private readonly List<PlanUnit> _plan = [];
    private readonly Dictionary<MemoryId, int> _places = [];
    private int _unit;

    public IMemoryStore Store => store;

    public Namespace Namespace => request.Namespace;

    public Run Run { get; private set; } = run;

    public bool DryRun => request.DryRun;

    public bool Force => request.Force;

    public ConsolidationOptions Options => services.Options;

    public ConfidenceOptions Confidence => services.Confidence;

    public PairJudge Judge => judge;

    /// <summary>What a language model may do in this run; without one it answers nothing.</summary>
    public LanguageModelRun LanguageModel { get; } = services.BeginLanguageModel();

    public RecallCheck Recalls => services.Recalls;

    public RecallIndexes Indexes => services.Indexes;

    /// <summary>The model by whose vectors neighbours are found, as the store names it.</summary>
    public string VectorModel => services.VectorModel;

    /// <summary>The numbers of one of its vectors.</summary>
    public int VectorDimensions => services.VectorDimensions;

    public DateTimeOffset Now { get; } = run.StartedAt;

    /// <summary>Makes what candidates are found by and memories may lack.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => services.CompleteAsync(store, Namespace, cancellationToken);

    /// <summary>The run looks at what changed after this place in the order of changes; 0 for everything.</summary>
    public long AfterSequence => afterSequence;

    /// <summary>All active memories (found by the scan).</summary>
    public IReadOnlyList<ActiveMemory> Active { get; set; } = [];

    /// <summary>Groups of memories that may be the same text (found by the scan).</summary>
    public IReadOnlyList<IReadOnlyList<MemoryId>> SameTextGroups { get; set; } = [];

    /// <summary>The memories whose pairs are looked for: at first what changed, then what the merges so far give a reason to look at again.</summary>
    public IReadOnlyList<MemoryId> MemoriesToPair { get; set; } = [];

    /// <summary>What shall be looked at now; from here on it counts as looked at.</summary>
    public IReadOnlyList<MemoryId> TakeMemoriesToPair()
    {
        var taken = MemoriesToPair;
        MemoriesToPair = [];
        return taken;
    }

    /// <summary>The pairs that were looked at, by the memories of each.</summary>
    public List<(MemoryId One, MemoryId Other)> Proposals { get; } = [];

    /// <summary>The pairs that were judged.</summary>
    public HashSet<(ulong, ulong)> Judged { get; } = [];

    /// <summary>Groups of memories that say the same (found by deduplication).</summary>
    public IReadOnlyList<Cluster> Clusters { get; set; } = [];

    /// <summary>Pairs that contradict each other (found by deduplication), all of the run: how many contradict one memory tells what they are worth.</summary>
    public List<Contradiction> Contradictions { get; } = [];

    /// <summary>Whether what is left of them may be contested: only when it is known what is superseded, so that nothing is contested with what goes.</summary>
    public bool MayContest { get; set; }

    /// <summary>The pairs that this run contested.</summary>
    public HashSet<(ulong, ulong)> ContestedPairs { get; } = [];

    /// <summary>What says the same as others and was left beside them, as together they have more tags than one memory may.</summary>
    public HashSet<MemoryId> LeftForTags { get; } = [];

    /// <summary>What the caller should know of the run, or <see langword="null"/>.</summary>
    public string? NoteToCaller => string.Join(' ', new[]
    {
        judge.RulesOnlyBecause,
        judge.WordsOnlyBecause,
        LeftForTags.Count == 0 ? null : $"{LeftForTags.Count} that say the same as others were left beside them: together they would have more than {MemoryRecord.MaxTags} tags.",
    }.OfType<string>()) is { Length: > 0 } note ? note : null;

    /// <summary>What contradicts each other and needs the owner's decision, in words (found by the report).</summary>
    public IReadOnlyList<string> Contested { get; set; } = [];

    /// <summary>The same of what a dry run would mark.</summary>
    public List<string> PlannedContests { get; } = [];

    /// <summary>In which unit of the run each memory left the state it was in.</summary>
    public Dictionary<MemoryId, int> ChangedIn { get; } = [];

    /// <summary>What units of a dry run have planned and nobody has carried out.</summary>
    public PlannedChanges Planned { get; } = new();

    /// <summary>How many memories may change state.</summary>
    public StateChangeLimit StateChanges { get; set; } = new(0, services.Options, force: true);

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
    public MemoryId NewId() => MemoryId.New(services.Random);

    /// <summary>
    /// Adds what is looked at next: whoever was in a pair with a memory that is merged now has room for another pair, and what was made is new.
    /// </summary>
    public void LookAgain(IReadOnlySet<MemoryId> merged)
    {
        var again = new HashSet<MemoryId>(merged.Concat(MemoriesToPair));
        foreach (var (one, other) in Proposals)
        {
            if (merged.Contains(one) || merged.Contains(other))
            {
                again.Add(one);
                again.Add(other);
            }
        }

        again.RemoveWhere(id => _ended.Contains(id.Bits));
        MemoriesToPair = [.. again.OrderBy(PlaceOf).ThenBy(static id => id.Bits)];
    }

    /// <summary>
    /// Where a memory stands in the order in which all were stored. It decides where nothing else does: names are random, and what becomes of equal
    /// stores shall be equal. What clients stored since the scan comes last.
    /// </summary>
    public int PlaceOf(MemoryId id) => _places.GetValueOrDefault(id, int.MaxValue);

    /// <summary>Gives memories the next places.</summary>
    public void AddPlaces(IEnumerable<MemoryId> ids)
    {
        foreach (var id in ids)
        {
            _places.TryAdd(id, _places.Count);
        }
    }

    /// <summary>Sets the number of the next unit, where a plan has set it.</summary>
    public void NumberNext(int unit) => _unit = unit - 1;

    /// <summary>Whoever was suspended until another took its namespace over must not write a word.</summary>
    /// <exception cref="LeaseLostException">Another holds the lease, or nobody does.</exception>
    public static void RequireLease(IMemoryWriter writer, string holder)
    {
        if (writer.LeaseHolder(HeldLease.NameOf(writer.Namespace)) != holder)
        {
            throw new LeaseLostException();
        }
    }
}

/// <summary>Another process holds the lease now.</summary>
internal sealed class LeaseLostException : Exception;
