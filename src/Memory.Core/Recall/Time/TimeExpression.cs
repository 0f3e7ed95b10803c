namespace Memory.Core.Recall.Time;

/// <summary>
/// One expression of time in a query: the interval [<see cref="From"/>, <see cref="To"/>) that it means, or the event that it hangs on
/// ('before the launch'), which only memories can date.
/// </summary>
public readonly record struct TimeExpression
{
    /// <summary>Where the expression begins in the query, in UTF-16 characters, with its preposition ('in', 'since').</summary>
    public required int Start { get; init; }

    /// <summary>The length of the expression in UTF-16 characters, at least 1.</summary>
    public required int Length { get; init; }

    /// <summary>Whether the time lies within, before or after what is named.</summary>
    public required TimeRelation Relation { get; init; }

    /// <summary>The first instant, included; <see langword="null"/> when there is none ('before'), and for events.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant past the end, excluded; <see langword="null"/> when there is none ('since'), and for events.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Whether the words fix both ends: 'in May 2023', 'yesterday'. Otherwise the interval is a fair guess that should raise and not
    /// exclude: 'recently', 'three weeks ago', 'last summer', 'early May', an event.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>Where the event begins in the query, in UTF-16 characters; 0 when there is none.</summary>
    public int EventStart { get; init; }

    /// <summary>The length of the event in UTF-16 characters; 0 when the expression is a date.</summary>
    public int EventLength { get; init; }

    /// <summary>Whether the time hangs on an event ('before the launch') and not on a date.</summary>
    public bool IsEventRelative => EventLength > 0;

    /// <summary>The words of the event; empty when the expression is a date.</summary>
    /// <param name="query">The query that the expression was found in.</param>
    public ReadOnlySpan<char> EventIn(string query) => query.AsSpan(EventStart, EventLength);

    /// <summary>Whether an instant lies in the interval. Always true for an event, which says nothing about dates.</summary>
    /// <param name="when">The instant, in any offset.</param>
    public bool Contains(DateTimeOffset when) => !(when < From) && !(when >= To);
}
