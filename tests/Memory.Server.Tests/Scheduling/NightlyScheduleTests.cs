using Memory.Server.Scheduling;

namespace Memory.Server.Tests.Scheduling;

public sealed class NightlyScheduleTests
{
    private const string AtThree = "0 0 3 * * ?";
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    [Theory]
    [InlineData("2026-11-24T12:00:00Z", "2026-11-25T02:00:00Z")] // winter: three is two in UTC
    [InlineData("2026-07-24T12:00:00Z", "2026-07-25T01:00:00Z")] // summer: three is one
    [InlineData("2026-11-25T01:59:59Z", "2026-11-25T02:00:00Z")]
    [InlineData("2026-11-25T02:00:00Z", "2026-11-26T02:00:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // the night in which two becomes three
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z")] // the night in which three becomes two
    public void NextRun_is_at_three_on_the_local_clock(string after, string expected) =>
        new NightlySchedule(AtThree, Brussels).NextRun(DateTimeOffset.Parse(after)).ShouldBe(DateTimeOffset.Parse(expected));

    [Fact]
    public void NextRun_within_the_hour_that_a_spring_night_skips_comes_all_the_same_that_day_or_the_next()
    {
        var next = new NightlySchedule("0 30 2 * * ?", Brussels).NextRun(DateTimeOffset.Parse("2026-03-28T12:00:00Z")).ShouldNotBeNull();

        next.ShouldBeInRange(DateTimeOffset.Parse("2026-03-29T00:30:00Z"), DateTimeOffset.Parse("2026-03-30T00:30:00Z"));
    }

    [Fact]
    public void Every_night_of_a_year_with_both_changes_of_the_clock_has_one_run()
    {
        var schedule = new NightlySchedule(AtThree, Brussels);
        var at = DateTimeOffset.Parse("2026-01-01T00:00:00Z");
        var nights = new List<DateTime>();
        while (schedule.NextRun(at) is { } next && next.Year == 2026)
        {
            nights.Add(TimeZoneInfo.ConvertTime(next, Brussels).DateTime);
            at = next;
        }

        nights.ShouldAllBe(static n => n.Hour == 3 && n.Minute == 0);
        nights.Select(static n => n.Date).ShouldBe(Enumerable.Range(0, 365).Select(static d => new DateTime(2026, 1, 1).AddDays(d)));
    }

    [Fact]
    public void NextRun_of_a_schedule_that_is_off_never_comes()
    {
        var off = new NightlySchedule(null, Brussels);

        off.NextRun(DateTimeOffset.UnixEpoch).ShouldBeNull();
        off.Missed(DateTimeOffset.UnixEpoch, DateTimeOffset.Parse("2026-11-24T12:00:00Z")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-11-24T02:00:05Z", "2026-11-24T12:00:00Z", null)] // ran this night
    [InlineData("2026-11-23T12:00:00Z", "2026-11-24T01:59:59Z", null)] // not due yet
    [InlineData("2026-11-23T12:00:00Z", "2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z")]
    [InlineData("2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z", "2026-11-24T02:00:00Z")]
    [InlineData("2027-12-24T12:00:00Z", "2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z")] // noted by a clock that was ahead
    [InlineData("2026-11-20T12:00:00Z", "2026-11-24T12:00:00Z", "2026-11-21T02:00:00Z")] // of several the first: one run makes up for all
    public void Missed_is_the_run_that_was_due_since_the_last(string lastNight, string now, string? expected) =>
        new NightlySchedule(AtThree, Brussels).Missed(DateTimeOffset.Parse(lastNight), DateTimeOffset.Parse(now))
            .ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected));

    [Theory]
    [InlineData(AtThree, true)]
    [InlineData("0 0 3 ? * MON-FRI 2030", true)]
    [InlineData("0 3 * * *", false)]
    [InlineData("at night", false)]
    [InlineData("0 0 3 30 2 ?", false)]
    public void IsValid_is_whether_it_can_be_read_and_comes_to_pass(string cron, bool expected) => NightlySchedule.IsValid(cron).ShouldBe(expected);
}
