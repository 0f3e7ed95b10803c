using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>Takes one row for an index in memory.</summary>
/// <param name="row">The row; valid during the call only.</param>
public delegate void IndexRowVisitor(in IndexRow row);

/// <summary>What an index in memory needs of one memory, without copies of it. Times are milliseconds since 1970-01-01 UTC.</summary>
public readonly ref struct IndexRow
{
    /// <summary>The time of what has not come to pass.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The memory.</summary>
    public required MemoryId Id { get; init; }

    /// <summary>What it says.</summary>
    public required ReadOnlySpan<char> Content { get; init; }

    /// <summary>What sort of statement it is.</summary>
    public required MemoryKind Kind { get; init; }

    /// <summary>Where it stands in its life.</summary>
    public required MemoryState State { get; init; }

    /// <summary>How much it matters, in [0, 1].</summary>
    public required float Importance { get; init; }

    /// <summary>How probable it is, in [0, 1].</summary>
    public required float Confidence { get; init; }

    /// <summary>When it was stored.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it happened or, that unknown, was stored.</summary>
    public required long When { get; init; }

    /// <summary>When it ceased to be active; <see cref="Never"/> while it is.</summary>
    public required long EndedAt { get; init; }

    /// <summary>The conversation; empty when unknown.</summary>
    public required string Session { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The factor of the vector, see <see cref="StoredVector"/>; 0 when there is none of the model asked for.</summary>
    public required float Scale { get; init; }

    /// <summary>The bytes of the vector; empty when there is none.</summary>
    public required ReadOnlySpan<sbyte> Vector { get; init; }
}
