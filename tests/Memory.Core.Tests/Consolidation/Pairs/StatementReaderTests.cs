using System.Diagnostics;
using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class StatementReaderTests
{
    [Theory]
    [InlineData("16GB", "16 gb")]
    [InlineData("16 gigabytes", "16 gb")]
    [InlineData("€1,500", "1500 €")]
    [InlineData("3:05 pm", "15:05")]
    [InlineData("3 pm", "15:00")]
    [InlineData("5 March 2026", "2026-03-05")]
    [InlineData("March 5th, 2026", "2026-03-05")]
    [InlineData("2026-03-05", "2026-03-05")]
    [InlineData("v1.4.0", "1.4.0")]
    [InlineData("seven", "7")]
    [InlineData("on Tuesdays", "tue")]
    [InlineData("-5", "-5")]
    [InlineData("port localhost:3000", "3000")]
    public void Read_value_has_one_spelling(string text, string value) =>
        Read(text).Values.Select(static v => v.Value).ShouldContain(value);

    [Theory]
    [InlineData("3-5 days", new[] { "3", "5 day" })]
    [InlineData("between 9:00 and 17:30", new[] { "09:00", "17:30" })]
    [InlineData("3, 4 and 5", new[] { "3", "4", "5" })]
    public void Read_several_values_are_all_found(string text, string[] values) =>
        Read(text).Values.Select(static v => v.Value).ShouldBe(values);

    [Theory]
    [InlineData("May I use it? He will march on.")]
    [InlineData("The one who sat there.")]
    public void Read_words_that_only_look_like_dates_are_none(string text) => Read(text).Values.ShouldBeEmpty();

    [Theory]
    [InlineData("doesn't smoke", "smoke")]
    [InlineData("cannot swim", "swim")]
    [InlineData("never smokes", "smoke")]
    public void Read_negation_names_what_it_denies(string text, string denied) => Read(text).Denied.ShouldBe([denied]);

    [Theory]
    [InlineData("No more than 500 lines.")]
    [InlineData("Must not exceed 500 lines.")]
    public void Read_limit_denies_nothing(string text) => Read(text).Denied.ShouldBeEmpty();

    [Theory]
    [InlineData("Postgres", "PostgreSQL")]
    [InlineData("k8s", "Kubernetes")]
    [InlineData("purchased", "bought")]
    [InlineData("colour", "color")]
    public void Read_spellings_of_one_word_have_one_stem(string one, string other) => Read(one).Terms[0].Stem.ShouldBe(Read(other).Terms[0].Stem);

    [Theory]
    [InlineData("Der Server steht nicht in Frankfurt.", true)]
    [InlineData("Préfère le thé au café.", true)]
    [InlineData("ユーザーは紅茶が好きです。", true)]
    [InlineData("Пользователь не любит кофе.", true)]
    [InlineData("The server is in Kraków.", false)]
    [InlineData("Prefers green tea.", false)]
    public void Read_other_languages_are_told(string text, bool foreign) => Read(text).IsForeign.ShouldBe(foreign);

    [Fact]
    public void Read_long_text_is_bounded_and_keeps_its_facts()
    {
        var text = string.Concat(Enumerable.Range(0, 2_500).Select(static i => $"Item {i} is Blue. "))[..32_000];
        var watch = Stopwatch.StartNew();

        var statement = Read(text);

        statement.Tokens.Count.ShouldBe(PairStatement.MaxTokens);
        statement.IsCut.ShouldBeTrue();
        statement.ValueIndex.Contains("1500").ShouldBeTrue();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
