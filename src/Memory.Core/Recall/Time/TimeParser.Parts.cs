namespace Memory.Core.Recall.Time;

/// <content>Parts of periods and what lies beside them: 'early May', 'the end of 2022', 'the week before 9 June'.</content>
internal readonly ref partial struct TimeParser
{
    private bool TryPart(int i, out Period period, out int next)
    {
        period = default;
        next = i;
        switch (Kind(i))
        {
            case TimeTokenKind.Part:
                var inner = Kind(i + 1) == TimeTokenKind.Dash && _tokens[i + 1].IsGlued ? i + 2 : i + 1;
                return TryCut(inner, _tokens[i].Value, 3, exact: false, out period, out next);
            case TimeTokenKind.Edge when Kind(i + 1) == TimeTokenKind.Of:
                return TryCut(i + 2, _tokens[i].Value, 3, exact: false, out period, out next);
            case TimeTokenKind.OrdinalWord when Kind(i + 1) == TimeTokenKind.Half && Kind(i + 2) == TimeTokenKind.Of && _tokens[i].Value <= 2:
                return TryCut(i + 3, _tokens[i].Value - 1, 2, exact: true, out period, out next);
            case TimeTokenKind.OrdinalWord when IsUnit(i + 1, TimeUnit.Quarter) && Kind(i + 2) == TimeTokenKind.Of:
                return TryQuarter(i, _tokens[i].Value, i + 2, Lead.Strong, out period, out next);
            case TimeTokenKind.OrdinalWord or TimeTokenKind.Last when Kind(i + 1) == TimeTokenKind.Unit && Kind(i + 2) == TimeTokenKind.Of:
                return TryNth(i, out period, out next);
            case TimeTokenKind.Earlier when Kind(i + 1) is TimeTokenKind.This or TimeTokenKind.Today && TryRelative(i + 1, Lead.Strong, out var whole, out next):
                period = _tokens[i].Value == 0 ? whole with { To = JustPast, IsExact = false } : whole with { From = _now, IsExact = false };
                return period.From < period.To;
            case TimeTokenKind.Unit or TimeTokenKind.Weekday when Kind(i + 1) is TimeTokenKind.Before or TimeTokenKind.After or TimeTokenKind.Of:
                return TryBeside(i, out period, out next);
            default:
                return false;
        }
    }

    private bool TryCut(int i, int part, int parts, bool exact, out Period period, out int next)
    {
        if (!Inner.TryPeriod(i, Lead.Strong, out period, out next))
        {
            return false;
        }

        // A single day, or words that only guess, are not cut.
        period = period.Cut(part, parts, exact);
        return true;
    }

    // 'the first week of May 2023', 'the last day of 2022'.
    private bool TryNth(int i, out Period period, out int next)
    {
        period = default;
        next = i;
        var unit = (TimeUnit)_tokens[i + 1].Value;
        if (unit is < TimeUnit.Day or TimeUnit.Weekend or > TimeUnit.Month || !Inner.TryPeriod(i + 3, Lead.Strong, out var whole, out next))
        {
            return false;
        }

        var from = Kind(i) == TimeTokenKind.Last ? LocalTime.Shift(whole.To, unit, -1) : LocalTime.Shift(whole.From, unit, _tokens[i].Value - 1);
        period = new Period(from, LocalTime.Shift(from, unit, 1), whole.IsExact && unit != TimeUnit.Week);
        return from >= whole.From && period.To <= whole.To;
    }

    // 'the Sunday before 9 June', 'the day after 3 May', 'the week of 8 May', 'Friday of last week'.
    private bool TryBeside(int i, out Period period, out int next)
    {
        period = default;
        next = i;
        if (Kind(i) == TimeTokenKind.Unit && (_tokens[i].Value < (int)TimeUnit.Day || _text[_tokens[i].End - 1] is 's'))
        {
            return false;
        }

        if (!Inner.TryPeriod(i + 2, Lead.Strong, out var said, out next))
        {
            return false;
        }

        var side = Kind(i + 1);
        if (Kind(i) == TimeTokenKind.Weekday)
        {
            var weekday = (DayOfWeek)_tokens[i].Value;
            var day = side switch
            {
                TimeTokenKind.Before => LocalTime.LastWeekday(LocalTime.Days(said.From, -1), weekday),
                TimeTokenKind.After => LocalTime.LastWeekday(LocalTime.Days(said.To, 6), weekday),
                _ => LocalTime.LastWeekday(LocalTime.Days(said.To, -1), weekday),
            };
            period = Period.OfDay(day, said.IsExact);
            return side != TimeTokenKind.Of || (said.To - said.From).TotalDays is 7;
        }

        var unit = (TimeUnit)_tokens[i].Value;
        period = (side, unit) switch
        {
            (TimeTokenKind.Of, TimeUnit.Week or TimeUnit.Weekend) => Period.Of(unit, unit == TimeUnit.Week ? said.From : LocalTime.Days(said.From, 6)),
            (TimeTokenKind.Of, _) => said,
            (TimeTokenKind.Before, TimeUnit.Weekend) => Period.Of(unit, LocalTime.Days(said.From, -1)),
            (TimeTokenKind.After, TimeUnit.Weekend) => Period.Of(unit, LocalTime.Days(said.To, 6)),
            (TimeTokenKind.Before, _) => new Period(LocalTime.Shift(said.From, unit, -1), said.From),
            _ => new Period(said.To, LocalTime.Shift(said.To, unit, 1)),
        } with { IsExact = said.IsExact && unit == TimeUnit.Day };
        return side != TimeTokenKind.Of || unit is TimeUnit.Day or TimeUnit.Week or TimeUnit.Weekend;
    }
}
