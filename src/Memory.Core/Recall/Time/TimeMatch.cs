namespace Memory.Core.Recall.Time;

/// <summary>What the parser found, in tokens and local time.</summary>
/// <param name="Relation">How the time lies to what is named.</param>
/// <param name="Next">The first token that is not part of it.</param>
/// <param name="From">The first instant; null when open.</param>
/// <param name="To">The first instant past the end; null when open.</param>
/// <param name="IsExact">Whether the words fix both ends.</param>
/// <param name="Event">The first token of the event; 0 when there is none, since a preposition stands before every event.</param>
internal readonly record struct TimeMatch(TimeRelation Relation, int Next, DateTime? From, DateTime? To, bool IsExact, int Event = 0)
{
    public TimeExpression ToExpression(ReadOnlySpan<TimeToken> tokens, int first, TimeSpan offset)
    {
        var start = tokens[first].Start;
        var end = tokens[Next - 1].End;
        var eventStart = Event == 0 ? 0 : tokens[Event].Start;
        return new TimeExpression
        {
            Start = start,
            Length = end - start,
            Relation = Relation,
            From = From is { } from ? LocalTime.At(from, offset) : null,
            To = To is { } to ? LocalTime.At(to, offset) : null,
            IsExact = IsExact,
            EventStart = eventStart,
            EventLength = Event == 0 ? 0 : end - eventStart,
        };
    }
}
