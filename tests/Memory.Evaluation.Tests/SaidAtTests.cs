namespace Memory.Evaluation.Tests;

public sealed class SaidAtTests
{
    [Theory]
    [InlineData("1:56 pm on 8 May, 2023", "2023-05-08T13:56:00+00:00")]
    [InlineData("12:06 am on 11 November, 2022", "2022-11-11T00:06:00+00:00")]
    [InlineData("2026-05-12T09:30:00Z", "2026-05-12T09:30:00+00:00")]
    [InlineData("2026-05-12T09:30", "2026-05-12T09:30:00+00:00")]
    [InlineData("2026-05-12T09:30:00.5+02:00", "2026-05-12T09:30:00.5+02:00")]
    [InlineData("2026-05-12", "2026-05-12T00:00:00+00:00")]
    public void Parse_reads_both_forms(string text, string expected) =>
        SaidAt.Parse(text).EqualsExact(DateTimeOffset.Parse(expected)).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("31 February, 2023")]
    [InlineData("13:56 pm on 8 May, 2023")]
    public void TryParse_refuses_anything_else(string text) => SaidAt.TryParse(text, out _).ShouldBeFalse();
}
