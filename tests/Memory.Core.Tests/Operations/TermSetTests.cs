using CsCheck;
using Memory.Core.Operations;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Operations;

public sealed class TermSetTests
{
    [Theory]
    [InlineData("The valve opens at 3 bar", "Valve: OPENS, 3 bar!", 1)]
    [InlineData("The valve opens at 3 bar", "The valve opens at 4 bar", 0.75)]
    [InlineData("数据库很快", "数据库很慢", 0.75)]
    [InlineData("to be or not to be", "to be or not", 1)]
    [InlineData("kettle", "mortgage", 0)]
    [InlineData("", "", 0)]
    public void Dice_compares_words_and_pairs_of_characters(string one, string other, double expected) =>
        new TermSet().Take(one).Dice(new TermSet().Take(other)).ShouldBe(expected, 1e-9);

    [Fact]
    public void Take_finds_the_terms_that_a_lexical_query_finds()
    {
        var pieces = Gen.OneOf(
            Gen.OneOf("the", "valve", "Valve", "C++", "don't", "数据库", "📦", "é", "e\u0301", "\uFE0F", "ไทย", "to", "be", "x_y", "42", ",", "ΟΔΟΣ"),
            Gen.String[0, 8]);
        var set = new TermSet();
        Gen.Select(pieces.Array[0, 12], static p => string.Join(' ', p)).Sample(
            text =>
            {
                var query = LexicalQuery.Parse(text);
                return set.Take(text).Count == query.Words.Concat(query.UnspacedTerms).Distinct().Count();
            },
            threads: 1);
    }

    [Fact]
    public void Take_puts_one_text_in_the_place_of_another()
    {
        var set = new TermSet().Take("kettle and mortgage");

        set.Take("violin").Dice(new TermSet().Take("violin")).ShouldBe(1);
    }
}
