using Memory.Core.Consolidation.Language;
using Memory.Core.Consolidation.Pairs;

namespace Memory.Core.Tests.Consolidation.Language;

public sealed class LanguageAnswersTests
{
    [Fact]
    public void Wording_reads_the_form_that_was_asked_for() => LanguageAnswers.Wording(""" {"wording": " Ruben drives a Volvo. "} """).ShouldBe("Ruben drives a Volvo.");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("Ruben drives a Volvo.")]
    [InlineData("""{"wording":null}""")]
    [InlineData("""{"wording":" "}""")]
    [InlineData("""{"wording":7}""")]
    [InlineData("""{"text":"Ruben drives a Volvo."}""")]
    [InlineData("""{"wording":"Ruben drives a Volvo.","note":"done"}""")]
    [InlineData("""{"wording":"Ruben drives a Volvo.","wording":"Ruben drives a Fiat."}""")]
    [InlineData("""[{"wording":"Ruben drives a Volvo."}]""")]
    [InlineData("""{"wording":"Ruben drives a Volvo."} I hope this helps.""")]
    [InlineData("```json\n{\"wording\":\"Ruben drives a Volvo.\"}\n```")]
    [InlineData("""{"wording":"Ruben drives""")]
    public void Wording_is_nothing_in_any_other_form(string answer) => LanguageAnswers.Wording(answer).ShouldBeNull();

    [Theory]
    [InlineData("first", nameof(PairOrder.First))]
    [InlineData("second", nameof(PairOrder.Second))]
    [InlineData("neither", nameof(PairOrder.Neither))]
    [InlineData("both", null)]
    [InlineData("First", null)]
    [InlineData("0", null)]
    public void Tie_reads_the_three_words_and_no_others(string right, string? order) => LanguageAnswers.Tie($$"""{"right":"{{right}}"}""")?.ToString().ShouldBe(order);

    [Theory]
    [InlineData("first")]
    [InlineData("""{"right":0}""")]
    [InlineData("""{"right":"first","why":"newer"}""")]
    public void Tie_is_nothing_in_any_other_form(string answer) => LanguageAnswers.Tie(answer).ShouldBeNull();
}
