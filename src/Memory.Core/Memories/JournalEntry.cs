namespace Memory.Core.Memories;

/// <summary>What one unit of a run changed in one memory, and why. Never holds content: consolidation does not touch it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Unit">The unit of work within the run, counted from 1. A unit is committed, and undone, as a whole.</param>
/// <param name="Memory">The memory that changed.</param>
/// <param name="Before">The fields that changed, as they were.</param>
/// <param name="After">The same fields, as the run left them.</param>
/// <param name="Reason">Why, in words, without content.</param>
/// <param name="IsUndone">Whether it was put back since.</param>
public sealed record JournalEntry(RunId Run, int Unit, MemoryId Memory, FieldValues Before, FieldValues After, string Reason, bool IsUndone = false);

/// <summary>The values of those fields of a memory that a run changed; a field it did not change is <see langword="null"/>.</summary>
public sealed record FieldValues
{
    /// <summary>See <see cref="MemoryRecord.State"/>.</summary>
    public MemoryState? State { get; init; }

    /// <summary>See <see cref="MemoryRecord.Tags"/>.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>See <see cref="MemoryRecord.Importance"/>.</summary>
    public double? Importance { get; init; }

    /// <summary>See <see cref="MemoryRecord.Confidence"/>.</summary>
    public double? Confidence { get; init; }

    /// <summary>See <see cref="MemoryRecord.ConfidenceAt"/>; set whenever <see cref="Confidence"/> is.</summary>
    public DateTimeOffset? ConfidenceAt { get; init; }

    /// <summary>The memory it was merged into; an empty string says that it was merged into none.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The memory that superseded it.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The memory that superseded one of the things that it says.</summary>
    public string? PartlySupersededBy { get; init; }

    /// <summary>The memory that it contradicts, neither being clearly better.</summary>
    public string? ContestedWith { get; init; }

    /// <summary>See <see cref="MemoryRecord.ValidUntil"/>; set in what the run left, when the run closed the validity.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>See <see cref="MemoryRecord.UpdatedAt"/>.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The rows that the run added to its ledger.</summary>
    public IReadOnlyList<Evidence>? Evidence { get; init; }

    /// <summary>Set in what the run left of a memory that it made.</summary>
    public bool? IsNew { get; init; }
}
