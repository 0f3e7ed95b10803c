namespace Memory.Core.Recall.Time;

/// <content>Counted times: 'two days ago', 'a couple of months ago', '3 weeks from now', 'two days before 8 May'.</content>
internal readonly ref partial struct TimeParser
{
    // Loose is 0 for a number, 1 for 'a couple', 2 for 'a few'.
    private bool TryCount(int i, out int count, out int loose, out int next)
    {
        (count, loose, next) = (1, 0, i + 1);
        var article = Kind(i) == TimeTokenKind.A;
        var word = article ? i + 1 : i;
        switch (Kind(word))
        {
            case TimeTokenKind.Couple:
                (count, loose, next) = (2, 1, Kind(word + 1) == TimeTokenKind.Of ? word + 2 : word + 1);
                return true;
            case TimeTokenKind.Few:
                (count, loose, next) = (_tokens[word].Value, 2, word + 1);
                return true;
            case TimeTokenKind.Count or TimeTokenKind.Number when !article:
                count = _tokens[word].Value;
                return count is >= 1 and <= MaxCount && IsFree(word);
            default:
                return article;
        }
    }

    private bool TryCounted(int i, out Period period, out int next)
    {
        period = default;
        if (!TryCount(i, out var count, out var loose, out next) || Kind(next) != TimeTokenKind.Unit)
        {
            return false;
        }

        var unit = (TimeUnit)_tokens[next].Value;
        next++;
        switch (Kind(next))
        {
            case TimeTokenKind.Ago:
                period = Away(unit, -count, loose);
                next++;
                return true;
            case TimeTokenKind.From when Kind(next + 1) is TimeTokenKind.Now or TimeTokenKind.Today:
                period = Away(unit, count, loose);
                next += 2;
                return true;
            case TimeTokenKind.Before or TimeTokenKind.After when unit >= TimeUnit.Day && Inner.TryPeriod(next + 1, Lead.Strong, out var said, out var end):
                var signed = Kind(next) == TimeTokenKind.Before ? -count : count;
                var half = HalfOf(unit);
                period = new Period(
                    LocalTime.Shift(LocalTime.Days(said.From, -half), unit, signed), LocalTime.Shift(LocalTime.Days(said.To, half), unit, signed), said.IsExact && half == 0 && loose == 0);
                next = end;
                return true;
            default:
                return false;
        }
    }

    // 'Three weeks ago' is not a day but the days around it, half a unit to either side.
    private Period Away(TimeUnit unit, int count, int loose)
    {
        var sign = Math.Sign(count);
        var (near, far) = (Math.Max(1, Math.Abs(count) - (loose > 1 ? 1 : 0)) * sign, (Math.Abs(count) + loose) * sign);
        var (first, last) = sign < 0 ? (far, near) : (near, far);
        if (unit < TimeUnit.Day)
        {
            var minutes = unit == TimeUnit.Hour ? 30 : 2;
            return new Period(
                LocalTime.Shift(LocalTime.Shift(_now, unit, first), TimeUnit.Minute, -minutes), LocalTime.Shift(LocalTime.Shift(_now, unit, last), TimeUnit.Minute, minutes), IsExact: false);
        }

        if (unit == TimeUnit.Weekend)
        {
            var from = LocalTime.Shift(LocalTime.StartOf(_now, unit), unit, first);
            return new Period(from, LocalTime.Days(LocalTime.Shift(from, unit, last - first), 2), IsExact: false);
        }

        var half = HalfOf(unit);
        return new Period(
            LocalTime.Days(LocalTime.Shift(Today, unit, first), -half), LocalTime.Days(LocalTime.Shift(Today, unit, last), half + 1), unit == TimeUnit.Day && loose == 0);
    }

    private static int HalfOf(TimeUnit unit) => unit switch
    {
        TimeUnit.Day or TimeUnit.Weekend => 0,
        TimeUnit.Week or TimeUnit.Fortnight => 3,
        TimeUnit.Month => 15,
        TimeUnit.Quarter => 45,
        TimeUnit.Year => 183,
        _ => 5 * 366,
    };
}
