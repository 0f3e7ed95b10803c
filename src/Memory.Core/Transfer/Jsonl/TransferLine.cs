using Memory.Core.Memories;

namespace Memory.Core.Transfer.Jsonl;

/// <summary>
/// One line of an export: exactly one of its parts is set, beside the namespace. Places in the order of changes are no part of it: they
/// belong to the store, and a store that imports gives its own.
/// </summary>
internal sealed record TransferLine
{
    public const string FormatName = "memory-server";
    public const int CurrentVersion = 1;

    /// <summary>In the first line only: what the file is.</summary>
    public string? Format { get; init; }

    /// <summary>In the first line only: the version of the format.</summary>
    public int? Version { get; init; }

    public string? Namespace { get; init; }

    public MemoryLine? Memory { get; init; }

    public LinkLine? Link { get; init; }

    public MarkLine? Mark { get; init; }

    public RunLine? Run { get; init; }

    public JournalLine? Journal { get; init; }
}

/// <summary>A memory with its own evidence. See <see cref="MemoryRecord"/>.</summary>
internal sealed record MemoryLine
{
    public required string Id { get; init; }

    public required string Content { get; init; }

    public required MemoryKind Kind { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public required double Importance { get; init; }

    public required string Source { get; init; }

    public string? Session { get; init; }

    public required MemoryState State { get; init; }

    public required double Confidence { get; init; }

    public required DateTimeOffset ConfidenceAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public IReadOnlyList<Evidence>? Evidence { get; init; }

    public RecallUse? Recalled { get; init; }
}

/// <summary>See <see cref="Memories.Link"/>.</summary>
internal sealed record LinkLine
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required LinkKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>See <see cref="PairMark"/>.</summary>
internal sealed record MarkLine
{
    public required string First { get; init; }

    public required string Second { get; init; }

    public required PairMarkKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>See <see cref="Memories.Run"/>.</summary>
internal sealed record RunLine
{
    public required string Id { get; init; }

    public required RunScope Scope { get; init; }

    public required RunCause Cause { get; init; }

    public required RunState State { get; init; }

    public required string Holder { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required CountsLine Counts { get; init; }

    public RunOutcome? Outcome { get; init; }
}

/// <summary>See <see cref="JournalEntry"/>.</summary>
internal sealed record JournalLine
{
    public required string Run { get; init; }

    public required int Unit { get; init; }

    public required string Memory { get; init; }

    public required FieldValues Before { get; init; }

    public required FieldValues After { get; init; }

    public required string Reason { get; init; }

    public bool? Undone { get; init; }
}

/// <summary>See <see cref="RunCounts"/>.</summary>
internal sealed record CountsLine
{
    public required int Merged { get; init; }

    public required int Superseded { get; init; }

    public required int Contested { get; init; }

    public required int Rescored { get; init; }

    public required int Archived { get; init; }
}
