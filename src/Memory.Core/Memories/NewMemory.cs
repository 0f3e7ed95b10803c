namespace Memory.Core.Memories;

/// <summary>A statement that somebody wants to be remembered.</summary>
public sealed record NewMemory
{
    /// <summary>The importance of a memory about whose importance nothing was said.</summary>
    public const double DefaultImportance = 0.5;

    /// <summary>The statement, 1 to 32,768 characters as UTF-16 counts them (an emoji is two), not only white space.</summary>
    public required string Content { get; init; }

    /// <summary>What sort of statement; a fact when nobody said.</summary>
    public MemoryKind Kind { get; init; } = MemoryKind.Fact;

    /// <summary>Up to 32 labels of 1 to 64 characters without control characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>From 0 to 1; when nobody said, 0.5 for a new memory and no change for one that is corroborated.</summary>
    public double? Importance { get; init; }

    /// <summary>Who says so, up to 128 characters; <c>agent</c> by default.</summary>
    public string Source { get; init; } = "agent";

    /// <summary>The conversation, up to 128 characters.</summary>
    public string? Session { get; init; }

    /// <summary>When it happened or was said, when that is not now. Kept in whole milliseconds.</summary>
    public DateTimeOffset? OccurredAt
    {
        get;
        init => field = value is { } time ? Instant.Whole(time) : null;
    }

    /// <summary>Checks every value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/> when all is well.</returns>
    public Problem? Check()
    {
        if (TextCheck.Content(Content) is { } content)
        {
            return content;
        }

        if (Importance is not (null or (>= 0 and <= 1)))
        {
            return Problem.Invalid(FormattableString.Invariant($"importance is {Importance}; a number from 0 to 1 is allowed."));
        }

        return TextCheck.Tags(Tags)
            ?? TextCheck.Name("source", Source)
            ?? (Session is null ? null : TextCheck.Name("session", Session));
    }
}
