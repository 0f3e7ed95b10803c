namespace Memory.Core.Recall.Time;

/// <content>Times that count from now: 'yesterday', 'last week', 'two days ago', 'in the past 10 days', 'recently', weekdays.</content>
internal readonly ref partial struct TimeParser
{
    /// <summary>How far back 'recently' reaches, in days.</summary>
    private const int RecentDays = 30;

    private const int OtherDays = 14;

    // Larger counts are not said of time by people.
    private const int MaxCount = 9999;

    private DateTime Today => _now.Date;

    // Memories of this very instant belong to what has passed.
    private DateTime JustPast => _now.Ticks < DateTime.MaxValue.Ticks ? _now.AddTicks(1) : _now;

    private bool TryRelative(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 1;
        switch (Kind(i))
        {
            case TimeTokenKind.Yesterday:
                period = WithDayPart(LocalTime.Days(Today, -1), ref next);
                return true;
            case TimeTokenKind.Today:
                period = Period.OfDay(Today) with { Shape = PeriodShape.Relative };
                return true;
            case TimeTokenKind.Tomorrow:
                period = WithDayPart(LocalTime.Days(Today, 1), ref next);
                return true;
            case TimeTokenKind.Tonight:
                period = DayPart(Today, 3);
                return true;
            case TimeTokenKind.Recently:
                period = new Period(LocalTime.Days(Today, -RecentDays), JustPast, IsExact: false);
                return true;
            case TimeTokenKind.These when IsUnit(i + 1, TimeUnit.Day):
                period = new Period(LocalTime.Days(Today, -RecentDays), JustPast, IsExact: false);
                next = i + 2;
                return true;
            case TimeTokenKind.Other when Kind(i - 1) == TimeTokenKind.The && IsUnit(i + 1, TimeUnit.Day):
                period = new Period(LocalTime.Days(Today, -OtherDays), JustPast, IsExact: false);
                next = i + 2;
                return true;
            case TimeTokenKind.Last or TimeTokenKind.This or TimeTokenKind.Next or TimeTokenKind.Past:
                return TryPointed(i, lead, out period, out next);
            case TimeTokenKind.A or TimeTokenKind.Count or TimeTokenKind.Number or TimeTokenKind.Couple or TimeTokenKind.Few:
                return TryCounted(i, out period, out next);
            case TimeTokenKind.Weekday:
                return TryWeekday(i, lead, out period, out next);
            case TimeTokenKind.Unit when IsUnit(i, TimeUnit.Weekend) && lead >= Lead.Weak && Kind(i - 1) == TimeTokenKind.The:
                period = Period.Of(TimeUnit.Weekend, _now) with { IsExact = false };
                return true;
            default:
                return false;
        }
    }

    private bool IsUnit(int i, TimeUnit unit) => Kind(i) == TimeTokenKind.Unit && _tokens[i].Value == (int)unit;

    // Evening and night reach over midnight as people count them.
    private static Period DayPart(DateTime day, int part) => part switch
    {
        0 => new Period(day, day.AddHours(12)),
        1 => new Period(day.AddHours(12), day.AddHours(18)),
        2 => new Period(day.AddHours(17), LocalTime.Days(day, 1)),
        _ => new Period(day.AddHours(18), LocalTime.Shift(day, TimeUnit.Hour, 30)),
    };

    private Period WithDayPart(DateTime day, ref int next) => Kind(next) == TimeTokenKind.DayPart
        ? DayPart(day, _tokens[next++].Value)
        : Period.OfDay(day) with { Shape = PeriodShape.Relative };

    // 'last week', 'this morning', 'next Friday', 'the past 10 days'.
    private bool TryPointed(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 2;
        var pointer = Kind(i);
        var away = pointer switch { TimeTokenKind.Last or TimeTokenKind.Past => -1, TimeTokenKind.This => 0, _ => 1 };
        var the = Kind(i - 1) == TimeTokenKind.The;
        var word = Has(i + 1) ? _tokens[i + 1] : default;
        switch (word.Kind)
        {
            case TimeTokenKind.Unit:
                return TryPointedUnit(i, lead, away, the, out period);
            case TimeTokenKind.Count or TimeTokenKind.Number or TimeTokenKind.Couple or TimeTokenKind.Few when away < 0:
                return TryRolling(i + 1, out period, out next);
            case TimeTokenKind.DayPart when pointer == TimeTokenKind.This || (pointer == TimeTokenKind.Last && word.Value >= 2):
                period = DayPart(LocalTime.Days(Today, away), word.Value);
                return true;
            case TimeTokenKind.Weekday when pointer != TimeTokenKind.Past && (!word.IsShort || word.IsCapital):
                // 'this Friday' lies in this week; 'last' and 'next' are the nearest on either side.
                var day = LocalTime.LastWeekday(LocalTime.Days(Today, away switch { < 0 => -1, 0 => 6 - (((int)_now.DayOfWeek + 6) % 7), _ => 7 }), (DayOfWeek)word.Value);
                period = WithDayPart(day, ref next) with { IsExact = away <= 0 };
                return true;
            case TimeTokenKind.Month when pointer != TimeTokenKind.Past && !(word.IsShort && !word.IsCapital) && !(word.Value is 3 or 5 && !word.IsCapital && Kind(next) is TimeTokenKind.Word):
                period = Period.OfMonth(_now.Year, word.Value);
                period = away < 0 && period.To > _now ? period.InYear(_now.Year - 1) : away > 0 && period.From <= _now ? period.InYear(_now.Year + 1) : period;
                return !word.IsPossessive || !IsName(word.Value);
            case TimeTokenKind.Season when pointer != TimeTokenKind.Past && !(IsVerbSeason(word) && Kind(next) == TimeTokenKind.Word):
                return TryPointedSeason(word.Value, away, out period);
            default:
                return false;
        }
    }

    private bool TryPointedUnit(int i, Lead lead, int away, bool the, out Period period)
    {
        var word = _tokens[i + 1];
        var unit = (TimeUnit)word.Value;
        period = default;

        // 'the last week of the project', 'the next day', 'last minute', 'last day' hang on something else.
        if (unit is TimeUnit.Minute or TimeUnit.Day || (the && (Kind(i + 2) == TimeTokenKind.Of || away > 0)) || (!word.IsPossessive && _text[word.End - 1] is 's'))
        {
            return false;
        }

        // 'the past week' and 'in the last year' reach back from now; 'last week' is the one of the calendar.
        if (Kind(i) == TimeTokenKind.Past || unit == TimeUnit.Hour || (the && away < 0 && lead >= Lead.Weak))
        {
            period = away < 0 && (the || lead >= Lead.Weak) ? Rolling(unit, 1, exact: unit is TimeUnit.Week or TimeUnit.Month) : default;
            return period != default;
        }

        period = Period.Of(unit, _now, away);
        if (unit == TimeUnit.Weekend && away >= 0 && period.To <= _now)
        {
            // On a weekday 'this weekend' is the one to come.
            period = Period.Of(unit, _now, away + 1);
        }
        else if (unit == TimeUnit.Weekend && away < 0 && LocalTime.Days(period.To, 7) <= _now)
        {
            // The one that has just ended, not the one before it.
            period = Period.Of(unit, _now);
        }

        return true;
    }

    private bool TryPointedSeason(int season, int away, out Period period)
    {
        period = default;
        if (_now.Year is < 3 or > 9996)
        {
            return false;
        }

        period = LastSeason(season, _now);
        if (away < 0)
        {
            period = period.To > _now ? period.InYear(period.From.Year - 1) : period;
        }
        else if (period.To <= _now)
        {
            period = period.InYear(period.From.Year + 1);
        }

        return true;
    }

    private bool TryRolling(int i, out Period period, out int next)
    {
        period = default;
        if (!TryCount(i, out var count, out var loose, out next) || Kind(next) != TimeTokenKind.Unit)
        {
            return false;
        }

        period = Rolling((TimeUnit)_tokens[next].Value, loose > 1 ? count + 2 : count, loose == 0);
        next++;
        return true;
    }

    private Period Rolling(TimeUnit unit, int count, bool exact)
    {
        var from = LocalTime.Shift(_now, unit, -count);
        return new Period(unit >= TimeUnit.Day ? from.Date : from, JustPast, exact);
    }

    private bool TryWeekday(int i, Lead lead, out Period period, out int next)
    {
        period = default;
        next = i + 1;
        var day = _tokens[i];
        var feast = Kind(i - 1) == TimeTokenKind.FeastDay && day.IsCapital;

        // 'Sun', 'sat', 'wed': an abbreviation needs a preposition, a capital, and nothing after it that it could describe.
        if (feast || (day.IsShort && (lead == Lead.None || !day.IsCapital || Kind(next) == TimeTokenKind.Word)))
        {
            return false;
        }

        period = WithDayPart(LocalTime.LastWeekday(_now, (DayOfWeek)day.Value), ref next) with { IsExact = false };
        return true;
    }
}
