using Memory.Core.Consolidation.Pairs;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class SymbolReaderTests
{
    [Theory]
    [InlineData("Load is <5.", "<")]
    [InlineData("load ≥ 5, x≠y, a → b", ">= != ->")]
    [InlineData("＜5", "<")]
    [InlineData("rm -rf x --force", "- --")]
    [InlineData("3-5 and 9am–5pm and (-5)", "- - -")]
    [InlineData("10 % 3, 2*3, 4 / 2, x + y", "% * / +")]
    [InlineData("✔️ unit 👍🏽", "✔ 👍")]
    [InlineData("10² and ½", "² ½")]
    [InlineData("*.cs in src/*", "* *")]
    public void Read_symbol_with_a_meaning_is_found(string text, string marks) => Marks(text).ShouldBe(marks);

    [Theory]
    [InlineData("A well-known, dark-blue e-mail - or not")]
    [InlineData("On 2026-03-05 and 3/4/2026 at 9:15")]
    [InlineData("It is 5% of 20 °C, 10 percent")]
    [InlineData("**Bold** and *so*.\n* item\n- item\n+ item")]
    [InlineData("60 km/h and/or salt & pepper!")]
    [InlineData("https://example.com/a/b")]
    public void Read_hyphen_unit_date_emphasis_or_bullet_is_none(string text) => Marks(text).ShouldBe("");

    [Fact]
    public void Read_symbol_knows_what_it_stands_between() =>
        SymbolReader.Read("When the load is > the limit. ✅ Done").Select(static s => (s.Mark, s.Before, s.After)).ShouldBe([(">", "load", "limit"), ("✅", "", "done")]);

    private static string Marks(string text) => string.Join(' ', SymbolReader.Read(text).Where(static s => !s.IsSpelled).Select(static s => s.Mark));
}
