using Memory.Server.Tools;

namespace Memory.Server.Tests.Tools;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-05-31", "2026-05-31T00:00:00Z", true)]
    [InlineData("2026-05-31T18:00:00Z", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31T18:00:00", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31T18:00", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31 18:00", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31 18:00:07", "2026-05-31T18:00:07Z", false)]
    [InlineData("2026-05-31T18:00:00+02:00", "2026-05-31T16:00:00Z", false)]
    [InlineData("2026-05-31T18:00:00.1234567Z", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31T18:00:00.123456789Z", "2026-05-31T18:00:00Z", false)]
    [InlineData("2026-05-31T18:00:00.123456789012+02:00", "2026-05-31T16:00:00Z", false)]
    [InlineData("2028-02-29", "2028-02-29T00:00:00Z", true)]
    public void TryParse_of_a_date_or_time_yields_it_in_UTC(string text, string expected, bool isDate)
    {
        IsoTime.TryParse(text, out var time, out var dateOnly).ShouldBeTrue();

        dateOnly.ShouldBe(isDate);
        time.Offset.ShouldBe(TimeSpan.Zero);
        IsoTime.Format(time).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13-45")]
    [InlineData("2026-02-29")]
    [InlineData("2026-5-1")]
    [InlineData("26-05-31")]
    [InlineData("31.05.2026")]
    [InlineData("05/31/2026")]
    [InlineData("2026-05-31T25:00:00Z")]
    [InlineData("2026-05-31T18:00:00+25:00")]
    [InlineData("2026-05-31Z")]
    [InlineData(" 2026-05-31")]
    [InlineData("2026-05-31\n")]
    [InlineData("tomorrow")]
    [InlineData("1748714400")]
    public void TryParse_of_anything_else_fails(string text) => IsoTime.TryParse(text, out _, out _).ShouldBeFalse();
}
