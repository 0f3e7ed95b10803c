namespace Memory.Core.Recall.Time;

/// <summary>
/// What stands before a period, which decides how much its words must prove: 'in May' is a month, 'May' alone may be a person.
/// </summary>
internal enum Lead
{
    /// <summary>Nothing that tells.</summary>
    None,

    /// <summary>'on', 'at', 'for', 'over': stand before times and much else.</summary>
    Weak,

    /// <summary>'since', 'before', 'after', 'until', 'by': stand before times, events and people.</summary>
    Open,

    /// <summary>'in', 'during', 'between', or 'end of': a time follows.</summary>
    Strong,
}

/// <summary>
/// Reads expressions of time from tokens. Every rule looks a bounded number of tokens ahead, so the whole is linear.
/// This part holds the prepositions and ranges; the others hold dates, relative times, parts of periods, and events.
/// </summary>
internal readonly ref partial struct TimeParser(ReadOnlySpan<char> text, ReadOnlySpan<TimeToken> tokens, DateTime now, int depth = 0)
{
    // 'the first week of the second half of last year' is as deep as anyone speaks; 'early early early ...' must not cost more.
    private const int MaxDepth = 2;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<TimeToken> _tokens = tokens;
    private readonly DateTime _now = now;
    private readonly int _depth = depth;

    /// <summary>Reads the expression that begins at a token.</summary>
    public bool TryExpression(int i, out TimeMatch match)
    {
        match = default;

        // The tail of 'release-2023' or 'check-in'.
        if (_tokens[i].IsGlued && Kind(i - 1) == TimeTokenKind.Dash && _tokens[i - 1].IsGlued)
        {
            return false;
        }

        switch (Kind(i))
        {
            case TimeTokenKind.Break or TimeTokenKind.Comma or TimeTokenKind.Dash or TimeTokenKind.Closer:
                return false;
            case TimeTokenKind.Between:
                return TryRange(i + 1, TimeTokenKind.And, out match);
            case TimeTokenKind.From:
                return TryRange(i + 1, TimeTokenKind.To, out match) || TryWithin(i, i + 1, Lead.Weak, out match);
            case TimeTokenKind.Since:
                return TryOpen(i, i + 1, TimeRelation.After, out match) || TryEvent(i, TimeRelation.After, out match);
            case TimeTokenKind.After:
                return TryOpen(i, i + 1, TimeRelation.After, out match) || TryEvent(i, TimeRelation.After, out match);
            case TimeTokenKind.Before:
                return TryOpen(i, i + 1, TimeRelation.Before, out match) || TryEvent(i, TimeRelation.Before, out match);
            case TimeTokenKind.Until:
                return TryOpen(i, i + 1, TimeRelation.Before, out match) || TryEvent(i, TimeRelation.Before, out match);
            case TimeTokenKind.By:
                return TryOpen(i, i + 1, TimeRelation.Before, out match);
            case TimeTokenKind.As when Kind(i + 1) == TimeTokenKind.Of:
            case TimeTokenKind.Prior when Kind(i + 1) == TimeTokenKind.To:
                return TryOpen(i, i + 2, TimeRelation.Before, out match);
            case TimeTokenKind.In:
                return TryWithin(i, i + 1, Lead.Strong, out match);
            case TimeTokenKind.On or TimeTokenKind.At:
                return TryWithin(i, i + 1, Lead.Weak, out match);
            case TimeTokenKind.Of when IsYear(i + 1):
                // 'the World Cup of 2018', but also 'a total of 2000'.
                match = Within(Period.OfYear(_tokens[i + 1].Value) with { IsExact = false }, i + 2);
                return true;
            default:
                return TryWithin(i, i, Lead.None, out match);
        }
    }

    private static TimeMatch Within(Period period, int next) => new(TimeRelation.Within, next, period.From, period.To, period.IsExact);

    private bool TryWithin(int first, int i, Lead lead, out TimeMatch match)
    {
        match = default;
        if (Kind(first - 1) == TimeTokenKind.Every || !TryPeriod(i, lead, out var period, out var next) || IsRecurring(next))
        {
            return false;
        }

        // '3 May to 10 May 2023', '2019-2021'.
        if (period.Shape != PeriodShape.Relative && Kind(next) is TimeTokenKind.To or TimeTokenKind.Until or TimeTokenKind.Dash
            && TryPeriod(next + 1, Lead.Strong, out var last, out var after) && last.Shape != PeriodShape.Relative && TryAlign(period, last, out var range))
        {
            (period, next) = (range, after);
        }

        match = Within(period, next);
        return true;
    }

    private bool TryOpen(int first, int i, TimeRelation relation, out TimeMatch match)
    {
        match = default;
        if (!TryPeriod(i, Lead.Open, out var period, out var next))
        {
            return false;
        }

        // 'before' and 'after' leave the day itself out; 'since', 'until', 'by' and 'as of' hold it.
        match = relation == TimeRelation.Before
            ? new TimeMatch(relation, next, null, Kind(first) is TimeTokenKind.Before or TimeTokenKind.Prior ? period.From : period.To, period.IsExact)
            : new TimeMatch(relation, next, Kind(first) == TimeTokenKind.After ? period.To : period.From, null, period.IsExact);
        return true;
    }

    private bool TryRange(int i, TimeTokenKind separator, out TimeMatch match)
    {
        match = default;
        if (Kind(i) is TimeTokenKind.Number or TimeTokenKind.Ordinal && IsSeparator(Kind(i + 1), separator)
            && TryAbsolute(i + 2, Lead.Strong, out var end, out var next) && TryDays(i, end, out var days))
        {
            match = Within(days, next);
            return true;
        }

        if (!TryPeriod(i, Lead.Strong, out var from, out var middle) || !IsSeparator(Kind(middle), separator)
            || !TryPeriod(middle + 1, Lead.Strong, out var to, out next) || !TryAlign(from, to, out var range))
        {
            return false;
        }

        match = Within(range, next);
        return true;
    }

    private static bool IsSeparator(TimeTokenKind kind, TimeTokenKind separator) => kind == separator
        || (separator == TimeTokenKind.To && kind is TimeTokenKind.Until or TimeTokenKind.Dash);

    // '3 and 10 May': the first day lies in the month of the second.
    private bool TryDays(int i, Period end, out Period range)
    {
        range = default;
        if (end.Shape != PeriodShape.Day || _tokens[i].Value < 1 || _tokens[i].Value >= end.From.Day)
        {
            return false;
        }

        range = end with { From = LocalTime.Days(end.From, _tokens[i].Value - end.From.Day) };
        return true;
    }

    // A year that one end does not say is that of the other; where neither says one, the later end decides.
    private static bool TryAlign(Period from, Period to, out Period range)
    {
        if (from.IsFloating)
        {
            from = from.InYear(to.From.Year);
            from = from.From > to.From ? from.InYear(to.From.Year - 1) : from;
        }
        else if (to.IsFloating)
        {
            to = to.InYear(from.From.Year);
            to = to.To <= from.From ? to.InYear(from.From.Year + 1) : to;
        }

        range = new Period(from.From, to.To, from.IsExact && to.IsExact, to.Shape, to.IsFloating);
        return from.From < to.To;
    }

    private bool TryPeriod(int i, Lead lead, out Period period, out int next)
    {
        if (_depth > MaxDepth)
        {
            (period, next) = (default, i);
            return false;
        }

        var first = Kind(i) == TimeTokenKind.The ? i + 1 : i;
        return TryPart(first, out period, out next)
            || TryAbsolute(first, lead, out period, out next)
            || TryRelative(first, lead, out period, out next);
    }

    // 'on Friday mornings' is no time but a habit.
    private bool IsRecurring(int next) => Kind(next) == TimeTokenKind.Word
        && _text.Slice(_tokens[next].Start, _tokens[next].Length) is "mornings" or "nights" or "evenings" or "afternoons";

    // The same parser for a period within a period.
    private TimeParser Inner => new(_text, _tokens, _now, _depth + 1);

    private TimeTokenKind Kind(int i) => (uint)i < (uint)_tokens.Length ? _tokens[i].Kind : TimeTokenKind.End;

    private bool Has(int i) => (uint)i < (uint)_tokens.Length;

    // A number that a sign does not tie to something else.
    private bool IsFree(int i) => Kind(i + 1) != TimeTokenKind.Dash || !_tokens[i + 1].IsGlued;

    private bool IsYear(int i) => Kind(i) == TimeTokenKind.Number && _tokens[i].Length == 4 && TimeDigits.IsYear(_tokens[i].Value)
        && Kind(i + 1) != TimeTokenKind.Counted && (IsFree(i) || (Kind(i + 2) == TimeTokenKind.Number && _tokens[i + 2].Length == 4 && IsFree(i + 2)));

    private bool IsDay(int i) => Kind(i) is TimeTokenKind.Number or TimeTokenKind.Ordinal && _tokens[i].Value is >= 1 and <= 31 && _tokens[i].Length <= 4;
}
