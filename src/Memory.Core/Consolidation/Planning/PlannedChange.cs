using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Consolidation.Planning;

/// <summary>A change that a stage intends for one memory. The same plan is told by a dry run and carried out by a real one.</summary>
/// <param name="Before">The memory as it is; of one to be made, as it shall be.</param>
/// <param name="After">The memory as it shall be; differs in state, tags, importance, confidence, validity and the time of its last change only.</param>
/// <param name="Reason">Why, in words, without content.</param>
internal sealed record PlannedChange(MemoryRecord Before, MemoryRecord After, string Reason)
{
    /// <summary>Whether the memory is to be made.</summary>
    public bool IsNew { get; init; }

    /// <summary>The memory in which its content lives on, when it is merged.</summary>
    public MemoryId? MergedInto { get; init; }

    /// <summary>The memory that replaces it, when it is superseded.</summary>
    public MemoryId? SupersededBy { get; init; }

    /// <summary>The memory that replaces one of the things that it says, when the others stand in a memory of their own.</summary>
    public MemoryId? PartlySupersededBy { get; init; }

    /// <summary>The memory that it was merged into before, when it is superseded without that one.</summary>
    public MemoryId? WasMergedInto { get; init; }

    /// <summary>The memory that it contradicts, when neither is clearly better.</summary>
    public MemoryId? ContestedWith { get; init; }

    /// <summary>Rows for its ledger.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public MemoryId Id => After.Id;

    /// <summary>Whether it leaves the state it is in.</summary>
    public bool ChangesState => !IsNew && Before.State != After.State;

    /// <summary>Carries the change out and writes it into the journal.</summary>
    /// <returns>The memory as it is now.</returns>
    public MemoryRecord Apply(IMemoryWriter writer, RunId run, int unit, DateTimeOffset now)
    {
        var stored = IsNew ? writer.Insert(After) : writer.Update(After);
        foreach (var row in Evidence)
        {
            writer.AddEvidence(Id, row);
        }

        writer.AddJournal(ToJournal(run, unit));
        return stored;
    }

    /// <summary>Connects it with the others of its unit; they exist by now.</summary>
    public void ApplyLinks(IMemoryWriter writer, DateTimeOffset now)
    {
        if (MergedInto is { } into)
        {
            writer.AddLink(new Link(Id, into, LinkKind.MergedInto, now));
        }

        if (SupersededBy is { } by)
        {
            writer.AddLink(new Link(Id, by, LinkKind.SupersededBy, now));
        }

        if (ContestedWith is { } other)
        {
            writer.AddPairMark(new PairMark(Id, other, PairMarkKind.Contested, now));
        }
    }

    public JournalEntry ToJournal(RunId run, int unit) => new(run, unit, Id, IsNew ? new FieldValues() : Values(Before, isAfter: false), Values(After, isAfter: true), Reason);

    private FieldValues Values(MemoryRecord memory, bool isAfter) => new()
    {
        State = Before.State == After.State && !IsNew ? null : memory.State,
        Tags = Before.Tags.SequenceEqual(After.Tags, StringComparer.Ordinal) ? null : memory.Tags,
        Importance = Before.Importance.Equals(After.Importance) ? null : memory.Importance,
        Confidence = ConfidenceChanged ? memory.Confidence : null,
        ConfidenceAt = ConfidenceChanged ? memory.ConfidenceAt : null,
        UpdatedAt = Before.UpdatedAt == After.UpdatedAt ? null : memory.UpdatedAt,
        ValidUntil = Before.ValidUntil == After.ValidUntil ? null : memory.ValidUntil,
        MergedInto = MergedInto is { } into ? (isAfter ? into.Value : string.Empty) : null,
        SupersededBy = isAfter ? SupersededBy?.Value : null,
        PartlySupersededBy = isAfter ? PartlySupersededBy?.Value : null,
        ContestedWith = isAfter ? ContestedWith?.Value : null,
        Evidence = isAfter && Evidence.Count > 0 ? Evidence : null,
        IsNew = isAfter && IsNew ? true : null,
    };

    private bool ConfidenceChanged => !Before.Confidence.Equals(After.Confidence) || Before.ConfidenceAt != After.ConfidenceAt;
}
