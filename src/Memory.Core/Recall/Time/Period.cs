namespace Memory.Core.Recall.Time;

/// <summary>What a period was named by.</summary>
internal enum PeriodShape
{
    /// <summary>Words that count from now: 'last week'.</summary>
    Relative,
    Day,
    Month,
    Year,
}

/// <summary>A piece of the asker's calendar, [From, To).</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant past the end.</param>
/// <param name="IsExact">Whether the words fix both ends.</param>
/// <param name="Shape">What it was named by.</param>
/// <param name="IsFloating">Whether the year was not said and is a guess.</param>
internal readonly record struct Period(DateTime From, DateTime To, bool IsExact = true, PeriodShape Shape = PeriodShape.Relative, bool IsFloating = false)
{
    public static Period OfDay(DateTime day, bool exact = true) => new(day, LocalTime.Days(day, 1), exact, PeriodShape.Day);

    public static Period OfMonth(int year, int month) => new(new DateTime(year, month, 1), LocalTime.Months(new DateTime(year, month, 1), 1), true, PeriodShape.Month);

    public static Period OfYear(int year) => new(new DateTime(year, 1, 1), LocalTime.Months(new DateTime(year, 1, 1), 12), true, PeriodShape.Year);

    /// <summary>The calendar unit that holds a time, or one so many units away.</summary>
    public static Period Of(TimeUnit unit, DateTime time, int away = 0)
    {
        var from = LocalTime.Shift(LocalTime.StartOf(time, unit), unit, away);
        return new Period(from, unit == TimeUnit.Weekend ? LocalTime.Days(from, 2) : LocalTime.Shift(from, unit, 1));
    }

    /// <summary>
    /// A meteorological season of the northern hemisphere. People's seasons begin and end by feeling, so it is never exact.
    /// A winter belongs to the year it begins in.
    /// </summary>
    /// <param name="season">0 is winter, 1 spring, 2 summer, 3 autumn.</param>
    /// <param name="year">The year it begins in, 1 to 9998.</param>
    public static Period OfSeason(int season, int year)
    {
        var from = new DateTime(year, season == 0 ? 12 : season * 3, 1);
        return new Period(from, LocalTime.Months(from, 3), IsExact: false);
    }

    /// <summary>The same days in another year.</summary>
    public Period InYear(int year)
    {
        var months = (year - From.Year) * 12;
        return this with { From = LocalTime.Months(From, months), To = LocalTime.Months(To, months) };
    }

    /// <summary>One of so many equal parts, cut at midnight.</summary>
    public Period Cut(int part, int parts, bool exact)
    {
        var days = (int)(To - From).TotalDays;
        return days < parts
            ? this with { IsExact = false }
            : new Period(LocalTime.Days(From, days * part / parts), part == parts - 1 ? To : LocalTime.Days(From, days * (part + 1) / parts), exact && IsExact);
    }
}
