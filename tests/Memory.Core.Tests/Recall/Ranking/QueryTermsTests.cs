using Memory.Core.Recall.Ranking;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class QueryTermsTests
{
    [Theory]
    [InlineData("What does the harbor queue review?", "harbor queue review")]
    [InlineData("reviews reviewed reviewing", "reviews")]
    [InlineData("who is she and what was it", "")]
    [InlineData("?!", "")]
    public async Task Parse_gives_each_stem_once_and_no_word_that_only_asks(string query, string words) => (await ParseAsync(query)).Select(static t => t.Word).ShouldBe(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Parse_weighs_a_rare_word_more_than_a_common_one_and_knows_who_has_it()
    {
        var terms = await ParseAsync("harbor crane zzz");

        terms[0].Rarity.ShouldBeLessThan(terms[1].Rarity);
        terms.ShouldAllBe(static t => t.Rarity > 0 && t.Weight == 1);
        terms[1].Term.ShouldBeGreaterThanOrEqualTo(0);
        terms[2].Term.ShouldBe(-1);
    }

    [Theory]
    [InlineData("harbour", "harbor", 0.8)]
    [InlineData("crone", "crane", 0.8)]
    [InlineData("postgers", "postgres", 0.8)]
    [InlineData("poostgrese", "postgres", 0.6)]
    public async Task Parse_of_a_typing_error_gives_the_word_that_was_meant_and_less_weight(string query, string word, double weight)
    {
        var term = (await ParseAsync(query)).ShouldHaveSingleItem();

        (term.Word, term.Weight).ShouldBe((word, weight));
    }

    [Theory]
    [InlineData("qeu")]
    [InlineData("12345")]
    [InlineData("hxrbxr")]
    [InlineData("elephant")]
    public async Task Parse_of_what_resembles_nothing_or_is_too_short_guesses_nothing(string query) =>
        (await ParseAsync(query)).ShouldHaveSingleItem().Term.ShouldBe(-1);

    [Fact]
    public async Task Parse_of_a_word_that_is_known_guesses_nothing() => (await ParseAsync("cranes")).ShouldHaveSingleItem().Weight.ShouldBe(1);

    [Fact]
    public async Task Parse_of_a_query_of_many_words_takes_64_of_them() =>
        (await ParseAsync(string.Join(' ', Enumerable.Range(1000, 500)))).Count.ShouldBe(64);

    [Theory]
    [InlineData("what does Harbor review", "harbor")]
    [InlineData("where is the node18 crane", "node18")]
    [InlineData("the harbor. Crane reviews", "")]
    public async Task Parse_weighs_names_and_identifiers_more_than_other_words(string query, string names)
    {
        var terms = await ParseAsync(query, nameWeight: 1.5);

        string.Join(' ', terms.Where(static t => t.Weight == 1.5).Select(static t => t.Word)).ShouldBe(names);
        terms.Where(static t => t.Weight != 1.5).ShouldAllBe(static t => t.Weight == 1);
    }

    private static async Task<IReadOnlyList<QueryTerm>> ParseAsync(string query, double nameWeight = 1)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The harbor has a queue");
        await f.StoreAsync("The harbor crane reviews postgres 12346");
        return QueryTerms.Parse(await TestIndex.OfAsync(f), query, nameWeight);
    }
}
