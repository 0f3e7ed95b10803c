namespace Memory.Core.Memories;

/// <summary>One self-contained statement, as it is in the store. Immutable.</summary>
public sealed record MemoryRecord
{
    /// <summary>The longest content, in UTF-16 characters.</summary>
    public const int MaxContentLength = 32_768;

    /// <summary>The most tags a memory may carry.</summary>
    public const int MaxTags = 32;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxTagLength = 64;

    /// <summary>The longest source or session name, in characters.</summary>
    public const int MaxNameLength = 128;

    /// <summary>The name of this memory.</summary>
    public required MemoryId Id { get; init; }

    /// <summary>The wall it lives behind.</summary>
    public required Namespace Namespace { get; init; }

    /// <summary>The statement, 1 to 32,768 characters as UTF-16 counts them (an emoji is two); empty once forgotten.</summary>
    public required string Content { get; init; }

    /// <summary>What sort of statement it is.</summary>
    public required MemoryKind Kind { get; init; }

    /// <summary>Up to 32 distinct labels, in ordinal order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How much it matters to its owner, from 0 (trivia) to 1 (vital). 0.5 when nobody said.</summary>
    public required double Importance { get; init; }

    /// <summary>Who said it first: <c>user</c>, an agent's id, <c>document:...</c>, <c>import:...</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The conversation it came from, when known.</summary>
    public string? Session { get; init; }

    /// <summary>Where it stands in its life.</summary>
    public required MemoryState State { get; init; }

    /// <summary>The probability, in [0, 1], that the statement is true, as of <see cref="ConfidenceAt"/>.</summary>
    public required double Confidence { get; init; }

    /// <summary>The instant for which <see cref="Confidence"/> was calculated.</summary>
    public required DateTimeOffset ConfidenceAt { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its row last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When what it tells of happened or was said, UTC, when known.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Since when it is no longer true, UTC; set when it was superseded.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The place of its last change in the store's order of changes; every write takes the next number.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time that 'when' means to a reader: when it happened if known, else when it was stored.</summary>
    public DateTimeOffset When => OccurredAt ?? CreatedAt;
}
