namespace Memory.Core.Recall.Time;

/// <summary>Arithmetic on the clock and calendar of the asker. Never throws: what leaves the calendar stops at its ends.</summary>
internal static class LocalTime
{
    /// <summary>Moves a time by a number of units; months and longer keep the day of the month where it exists.</summary>
    public static DateTime Shift(DateTime time, TimeUnit unit, int count) => unit switch
    {
        TimeUnit.Minute => Move(time, count * TimeSpan.TicksPerMinute),
        TimeUnit.Hour => Move(time, count * TimeSpan.TicksPerHour),
        TimeUnit.Day => Days(time, count),
        TimeUnit.Week or TimeUnit.Weekend => Days(time, count * 7),
        TimeUnit.Fortnight => Days(time, count * 14),
        TimeUnit.Month => Months(time, count),
        TimeUnit.Quarter => Months(time, count * 3),
        TimeUnit.Year => Months(time, count * 12),
        _ => Months(time, count * 120),
    };

    /// <summary>Moves a time by days.</summary>
    public static DateTime Days(DateTime time, int count) => Move(time, count * TimeSpan.TicksPerDay);

    /// <summary>Moves a time by months.</summary>
    public static DateTime Months(DateTime time, int count)
    {
        var months = (long)(time.Year * 12) + time.Month - 1 + count;
        if (months < 12)
        {
            return DateTime.MinValue;
        }

        if (months >= 10_000 * 12)
        {
            return DateTime.MaxValue;
        }

        var year = (int)(months / 12);
        var month = (int)(months % 12) + 1;
        return new DateTime(year, month, Math.Min(time.Day, DateTime.DaysInMonth(year, month))).Add(time.TimeOfDay);
    }

    /// <summary>Where the calendar unit that holds a time begins. Weeks begin on Monday (ISO 8601), weekends on Saturday: the last one that has begun.</summary>
    public static DateTime StartOf(DateTime time, TimeUnit unit) => unit switch
    {
        TimeUnit.Minute => new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute)),
        TimeUnit.Hour => new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour)),
        TimeUnit.Day => time.Date,
        TimeUnit.Weekend => LastWeekday(time, DayOfWeek.Saturday),
        TimeUnit.Week or TimeUnit.Fortnight => LastWeekday(time, DayOfWeek.Monday),
        TimeUnit.Month => new DateTime(time.Year, time.Month, 1),
        TimeUnit.Quarter => new DateTime(time.Year, ((time.Month - 1) / 3 * 3) + 1, 1),
        TimeUnit.Year => new DateTime(time.Year, 1, 1),
        _ => new DateTime(Math.Max(1, time.Year / 10 * 10), 1, 1),
    };

    /// <summary>The day itself when it is that weekday, else the last one before it.</summary>
    public static DateTime LastWeekday(DateTime time, DayOfWeek day) => Days(time.Date, -(((int)time.DayOfWeek - (int)day + 7) % 7));

    /// <summary>The instant that a clock at this offset shows so.</summary>
    public static DateTimeOffset At(DateTime local, TimeSpan offset)
    {
        var utc = local.Ticks - offset.Ticks;
        return utc < 0 ? DateTimeOffset.MinValue
            : utc > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(local.Ticks, offset);
    }

    private static DateTime Move(DateTime time, long ticks) => new(Math.Clamp(time.Ticks + ticks, 0, DateTime.MaxValue.Ticks));
}
