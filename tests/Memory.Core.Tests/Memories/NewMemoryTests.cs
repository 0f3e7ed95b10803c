using Memory.Core.Memories;

namespace Memory.Core.Tests.Memories;

public sealed class NewMemoryTests
{
    private static readonly NewMemory Good = new() { Content = "Good." };

    [Theory]
    [InlineData(1)]
    [InlineData(32_768)]
    public void Check_content_within_bounds_is_fine(int length) => (Good with { Content = new string('x', length) }).Check().ShouldBeNull();

    [Theory]
    [InlineData("", "1 to 32,768")]
    [InlineData(" \n\t", "white space")]
    [InlineData("a\0b", "U+0000 at position 1")]
    [InlineData("bell \u0007", "U+0007")]
    [InlineData("a\ufffe", "U+FFFE at position 1")]
    public void Check_content_that_is_no_text_says_what_is_wrong(string content, string said) =>
        (Good with { Content = content }).Check()!.Message.ShouldContain(said);

    [Fact]
    public void Check_content_with_half_a_surrogate_pair_says_where()
    {
        (Good with { Content = "half \ud800 pair" }).Check()!.Message.ShouldContain("U+D800) at position 5");
        (Good with { Content = "\udc00" }).Check()!.Message.ShouldContain("U+DC00");
        (Good with { Content = "whole \ud83d\udce6 pair" }).Check().ShouldBeNull();
    }

    [Fact]
    public void Check_content_too_long_says_how_long_and_what_is_allowed()
    {
        var message = (Good with { Content = new string('x', 33_000) }).Check()!.Message;

        message.ShouldContain("33,000");
        message.ShouldContain("32,768");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Check_importance_within_bounds_is_fine(double importance) => (Good with { Importance = importance }).Check().ShouldBeNull();

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Check_importance_out_of_bounds_is_refused(double importance) => (Good with { Importance = importance }).Check()!.Message.ShouldContain("0 to 1");

    [Fact]
    public void Check_tags_at_the_bounds()
    {
        (Good with { Tags = [.. Enumerable.Range(0, 32).Select(static i => $"t{i}")] }).Check().ShouldBeNull();
        (Good with { Tags = [.. Enumerable.Range(0, 33).Select(static i => $"t{i}")] }).Check()!.Message.ShouldContain("33");
        (Good with { Tags = [new string('t', 64)] }).Check().ShouldBeNull();
        (Good with { Tags = [new string('t', 65)] }).Check()!.Message.ShouldContain("65");
        (Good with { Tags = [" "] }).Check().ShouldNotBeNull();
        (Good with { Tags = ["a\nb"] }).Check()!.Message.ShouldContain("U+000A");
    }

    [Fact]
    public void Check_names_at_the_bounds()
    {
        (Good with { Source = new string('s', 128), Session = new string('s', 128) }).Check().ShouldBeNull();
        (Good with { Source = new string('s', 129) }).Check()!.Message.ShouldContain("source");
        (Good with { Source = "" }).Check()!.Message.ShouldContain("source");
        (Good with { Session = new string('s', 129) }).Check()!.Message.ShouldContain("session");
        (Good with { Session = "a\tb" }).Check()!.Message.ShouldContain("control");
    }
}
