namespace Memory.Core.Recall.Time;

/// <content>Names of months, seasons, quarters and weekdays that stand alone, and what tells them from verbs and people.</content>
internal readonly ref partial struct TimeParser
{
    /// <summary>Months that are also given names: April, May, June.</summary>
    private static bool IsName(int month) => month is 4 or 5 or 6;

    /// <summary>Words that mean a month only with more proof: names, verbs and abbreviations that are words.</summary>
    private static bool IsDoubtful(TimeToken month) => month.Value is 3 or 5 || (month.IsShort && month.Value is 1 or 6 or 9 or 12);

    private bool IsMonthAlone(int i, Lead lead)
    {
        var month = _tokens[i];
        var name = IsName(month.Value);
        if (month.IsPossessive && name)
        {
            return false;
        }

        // 'May-June' has been read; what else is tied by a sign is a compound.
        if (!IsFree(i) && Kind(i + 2) is not (TimeTokenKind.Month or TimeTokenKind.Number))
        {
            return false;
        }

        if (lead == Lead.Strong)
        {
            return month.IsCapital || (!month.IsShort && (month.Value != 3 || Kind(i - 1) != TimeTokenKind.The));
        }

        if (lead == Lead.Open)
        {
            // 'since May joined', 'before May left', 'written by May': a person. 'before the march': an event.
            return month.IsCapital ? !name || (!IsSubject(i + 1) && !(Kind(i - 1) == TimeTokenKind.By && IsParticiple(i - 2)))
                : !month.IsShort && !IsDoubtful(month);
        }

        if (name || month.IsShort)
        {
            return false;
        }

        // 'march on', 'March for peace', 'the March against the war', 'an august body'.
        return month.Value switch
        {
            3 => month.IsCapital && !IsStartOfSentence(i) && !IsVerbal(i + 1),
            8 => month.IsCapital,
            _ => true,
        } || (Kind(i + 1) is TimeTokenKind.End or TimeTokenKind.Break && Kind(i - 1) == TimeTokenKind.End);
    }

    // A plain word after a name: a verb is likelier than anything else.
    private bool IsSubject(int i) => Kind(i) is TimeTokenKind.Word or TimeTokenKind.Closer;

    private bool IsParticiple(int i)
    {
        if (Kind(i) != TimeTokenKind.Word)
        {
            return false;
        }

        var word = _text.Slice(_tokens[i].Start, _tokens[i].Length);
        return word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || word.EndsWith("en", StringComparison.OrdinalIgnoreCase)
            || word is "made" or "said" or "told" or "sent" or "done" or "built" or "found" or "bought" or "led" or "book" or "code";
    }

    private bool IsStartOfSentence(int i) => Kind(i - 1) is TimeTokenKind.End or TimeTokenKind.Break;

    private bool IsVerbal(int i) => Kind(i) is TimeTokenKind.On or TimeTokenKind.At or TimeTokenKind.To or TimeTokenKind.From or TimeTokenKind.In
        || (Kind(i) == TimeTokenKind.Word && _text.Slice(_tokens[i].Start, _tokens[i].Length) is "with" or "into" or "against" or "forward" or "towards");

    private bool TrySeason(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        var season = _tokens[i];
        next = i + 1;
        var of = Kind(next) == TimeTokenKind.Of;
        var year = of || Kind(next) == TimeTokenKind.Comma ? next + 1 : next;
        if (IsYear(year))
        {
            period = Period.OfSeason(season.Value, _tokens[year].Value);
            next = year + 1;
            return true;
        }

        if (of && lead == Lead.Strong && Kind(year) is TimeTokenKind.Last or TimeTokenKind.This or TimeTokenKind.Next && Kind(year + 1) == TimeTokenKind.Unit
            && TryRelative(year, lead, out var said, out next) && said.Shape == PeriodShape.Relative)
        {
            period = Period.OfSeason(season.Value, said.From.Year);
            return true;
        }

        // 'the fall of Rome', 'Spring Boot', 'a spring in the clock'.
        var word = IsVerbSeason(season) && (season.IsCapital || Kind(next) == TimeTokenKind.Word || (lead == Lead.Open && Kind(i - 1) == TimeTokenKind.The));
        if (of || word || lead < Lead.Open || _now.Year is 1 or 9999)
        {
            return false;
        }

        period = LastSeason(season.Value, begunBy: _now);
        return true;
    }

    private bool IsVerbSeason(TimeToken season) => season.Value == 1 || _text[season.Start] is 'f' or 'F';

    private static Period LastSeason(int season, DateTime begunBy)
    {
        var period = Period.OfSeason(season, begunBy.Year);
        return period.From > begunBy ? period.InYear(begunBy.Year - 1) : period;
    }

    private bool TryQuarter(int i, int quarter, int end, Lead lead, out Period period, out int next)
    {
        period = default;
        next = end;

        // '2024 Q3' says the year before.
        var year = end < i ? end : Kind(end) is TimeTokenKind.Comma or TimeTokenKind.Of ? end + 1 : end;
        if (IsYear(year))
        {
            period = Quarter(_tokens[year].Value, quarter);
            next = year + 1;
            return true;
        }

        if (Kind(end) == TimeTokenKind.Of && TryRelative(end + 1, Lead.Strong, out var said, out next) && (said.To - said.From).TotalDays > 360)
        {
            period = Quarter(said.From.Year, quarter);
            return true;
        }

        next = end;

        // 'Q4' alone is as often a quantisation or a question number.
        if (Kind(i) != TimeTokenKind.QuarterName || lead < Lead.Open)
        {
            return false;
        }

        period = Quarter(_now.Year, quarter);
        period = (period.From > _now ? period.InYear(_now.Year - 1) : period) with { IsFloating = true };
        return true;
    }

    private static Period Quarter(int year, int quarter)
    {
        var from = new DateTime(year, (quarter * 3) - 2, 1);
        return new Period(from, LocalTime.Months(from, 3), Shape: PeriodShape.Month);
    }
}
