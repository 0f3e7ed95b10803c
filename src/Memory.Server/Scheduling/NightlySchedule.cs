using Quartz;

namespace Memory.Server.Scheduling;

/// <summary>When the night's consolidation runs.</summary>
/// <param name="cron">A Quartz cron expression, or <see langword="null"/> when the schedule is off.</param>
/// <param name="zone">The time zone in which it is read.</param>
internal sealed class NightlySchedule(string? cron, TimeZoneInfo zone)
{
    public string? Cron => cron;

    public TimeZoneInfo Zone => zone;

    /// <summary>The next run after a time, or <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? NextRun(DateTimeOffset after) => cron is null ? null : new CronExpression(cron, zone).GetNextValidTimeAfter(after);

    /// <summary>
    /// The run that should have been since the last one, or <see langword="null"/> when none was missed. A last run in the future was noted
    /// by a clock that has since been set back: how long ago it really was nobody knows, so a run is due now.
    /// </summary>
    public DateTimeOffset? Missed(DateTimeOffset lastNight, DateTimeOffset now) =>
        cron is null ? null : lastNight > now ? now : NextRun(lastNight) is { } due && due <= now ? due : null;

    /// <summary>Whether Quartz can read an expression, and a time exists that it names: there is no 30 February.</summary>
    public static bool IsValid(string cron) => CronExpression.TryParse(cron, out var parsed) && parsed.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is not null;
}
