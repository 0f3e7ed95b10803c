namespace Memory.Core.Recall.Time;

/// <content>Dates of the calendar: days, months, years, decades, seasons and quarters with or without a year.</content>
internal readonly ref partial struct TimeParser
{
    private bool TryAbsolute(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 1;
        switch (Kind(i))
        {
            case TimeTokenKind.Date:
                var (value, exact) = (_tokens[i].Value, !_tokens[i].IsAmbiguous);
                period = value % 100 == 0
                    ? Period.OfMonth(value / 10_000, value / 100 % 100)
                    : Period.OfDay(new DateTime(value / 10_000, value / 100 % 100, value % 100), exact);
                return true;
            case TimeTokenKind.Number or TimeTokenKind.Ordinal:
                return TryDayFirst(i, out period, out next) || TryYear(i, lead, out period, out next) || TryDayAlone(i, lead, out period, out next);
            case TimeTokenKind.Month:
                return TryMonth(i, lead, out period, out next);
            case TimeTokenKind.Decade:
                return TryDecade(i, out period);
            case TimeTokenKind.Season:
                return TrySeason(i, lead, out period, out next);
            case TimeTokenKind.QuarterName:
                return TryQuarter(i, _tokens[i].Value, next, lead, out period, out next);
            case TimeTokenKind.Weekday:
                // 'Friday, 3 May 2024' and 'Sunday 2024-05-05': the date says it all.
                var date = Kind(i + 1) == TimeTokenKind.Comma ? i + 2 : i + 1;
                date = Kind(date) == TimeTokenKind.The ? date + 1 : date;
                return Kind(date) is TimeTokenKind.Date or TimeTokenKind.Number or TimeTokenKind.Ordinal or TimeTokenKind.Month
                    && TryAbsolute(date, Lead.None, out period, out next) && period.Shape == PeriodShape.Day;
            case TimeTokenKind.Unit when _tokens[i].Value == (int)TimeUnit.Year && IsYear(i + 1):
                period = Period.OfYear(_tokens[i + 1].Value);
                next = i + 2;
                return true;
            case TimeTokenKind.Unit when _tokens[i].Value == (int)TimeUnit.Month && Kind(i + 1) == TimeTokenKind.Of && Kind(i + 2) == TimeTokenKind.Month:
                return TryMonth(i + 2, Lead.Strong, out period, out next);
            default:
                return false;
        }
    }

    // '8 May 2023', '8th of May', '8-May-2023', '3-10 May 2023', and the time before it is none of ours.
    private bool TryDayFirst(int i, out Period period, out int next)
    {
        period = default;
        next = i;
        if (!IsDay(i))
        {
            return false;
        }

        var month = i + 1;
        if (Kind(month) == TimeTokenKind.Dash)
        {
            if (IsDay(month + 1) && Kind(month + 2) == TimeTokenKind.Month)
            {
                return TryDayFirst(month + 1, out var end, out next) && TryDays(i, end, out period);
            }

            return Kind(month + 1) == TimeTokenKind.Month && Kind(month + 2) == TimeTokenKind.Dash && Kind(month + 3) == TimeTokenKind.Number
                && TryFinish(_tokens[month + 1].Value, _tokens[i].Value, month + 3, out period, out next) && !period.IsFloating;
        }

        month = Kind(month) == TimeTokenKind.Of ? month + 1 : month;
        return Kind(month) == TimeTokenKind.Month && TryFinish(_tokens[month].Value, _tokens[i].Value, month + 1, out period, out next)

            // 'the 2 may differ' is a verb; a date without year has a capital, an ordinal or an unmistakable month.
            && (!period.IsFloating || _tokens[month].IsCapital || Kind(i) == TimeTokenKind.Ordinal || !IsDoubtful(_tokens[month]));
    }

    private bool TryMonth(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        var month = _tokens[i];
        next = i + 1;
        var day = Kind(next) == TimeTokenKind.The && Kind(next + 1) == TimeTokenKind.Ordinal ? next + 1 : next;
        if (IsDay(day) && (month.IsCapital || Kind(day) == TimeTokenKind.Ordinal || !IsDoubtful(month)))
        {
            // 'May 3-10, 2023'.
            if (Kind(day + 1) == TimeTokenKind.Dash && IsDay(day + 2))
            {
                return TryFinish(month.Value, _tokens[day + 2].Value, day + 3, out var end, out next) && TryDays(day, end, out period);
            }

            return IsFree(day) && Kind(day + 1) is not (TimeTokenKind.Counted or TimeTokenKind.Unit) && TryFinish(month.Value, _tokens[day].Value, day + 1, out period, out next);
        }

        var year = Kind(next) is TimeTokenKind.Comma or TimeTokenKind.Of ? next + 1 : next;
        year = Kind(year) == TimeTokenKind.The && Kind(year + 1) == TimeTokenKind.Unit ? year + 2 : year;
        if (IsYear(year))
        {
            period = Period.OfMonth(_tokens[year].Value, month.Value);
            next = year + 1;
            return true;
        }

        if (!IsMonthAlone(i, lead))
        {
            return false;
        }

        // The nearest one that has begun.
        period = Period.OfMonth(_now.Year, month.Value);
        period = (period.From > _now ? period.InYear(_now.Year - 1) : period) with { IsFloating = true, IsExact = lead != Lead.Open || !IsName(month.Value) };
        return true;
    }

    private bool TryFinish(int month, int day, int i, out Period period, out int next)
    {
        var year = Kind(i) == TimeTokenKind.Comma || (Kind(i) == TimeTokenKind.Of && IsYear(i + 1)) || Kind(i) == TimeTokenKind.In ? i + 1 : i;
        var known = IsYear(year);
        next = known ? year + 1 : i;
        period = default;
        if (day > DateTime.DaysInMonth(known ? _tokens[year].Value : 2024, month))
        {
            return false;
        }

        if (known)
        {
            period = Period.OfDay(new DateTime(_tokens[year].Value, month, day));
            return true;
        }

        // The nearest one, past or to come.
        foreach (var away in (ReadOnlySpan<int>)[0, -1, 1])
        {
            var candidate = Math.Clamp(_now.Year + away, 1, 9999);
            if (day <= DateTime.DaysInMonth(candidate, month))
            {
                var found = Period.OfDay(new DateTime(candidate, month, day)) with { IsFloating = true };
                period = period == default || (found.From - _now).Duration() < (period.From - _now).Duration() ? found : period;
            }
        }

        return period != default;
    }

    private bool TryYear(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 1;
        if (!IsYear(i))
        {
            return false;
        }

        period = Period.OfYear(_tokens[i].Value);
        if (Kind(next) == TimeTokenKind.QuarterName)
        {
            return TryQuarter(next, _tokens[next].Value, i, lead, out period, out _) && (next = i + 2) > 0;
        }

        return lead >= Lead.Open;
    }

    // 'on the 15th', when nothing follows that it could number.
    private bool TryDayAlone(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 1;
        if (Kind(i) != TimeTokenKind.Ordinal || !IsDay(i) || Kind(i - 1) != TimeTokenKind.The || lead == Lead.None || lead == Lead.Strong
            || Kind(next) is not (TimeTokenKind.End or TimeTokenKind.Break or TimeTokenKind.Comma or TimeTokenKind.At))
        {
            return false;
        }

        var month = new DateTime(_now.Year, _now.Month, 1);
        month = _tokens[i].Value > _now.Day ? LocalTime.Months(month, -1) : month;
        period = Period.OfDay(LocalTime.Days(month, Math.Min(_tokens[i].Value, DateTime.DaysInMonth(month.Year, month.Month)) - 1), exact: false);
        return true;
    }

    private bool TryDecade(int i, out Period period)
    {
        var (year, exact) = (_tokens[i].Value, !_tokens[i].IsShort);
        period = default;
        if (!exact)
        {
            // 'in the 90s' is a time; 'in my thirties' is an age.
            if (Kind(i - 1) != TimeTokenKind.The && Kind(i - 1) != TimeTokenKind.Part)
            {
                return false;
            }

            var century = _now.Year / 100 * 100;
            year += century + year <= _now.Year ? century : century - 100;
            if (year < 1)
            {
                return false;
            }
        }

        period = Period.OfYear(year) with { IsExact = exact };
        period = period with { To = LocalTime.Months(period.From, 120) };
        return true;
    }
}
