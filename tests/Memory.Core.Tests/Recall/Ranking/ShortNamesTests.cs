using Memory.Core.Recall;
using Memory.Core.Recall.Ranking;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class ShortNamesTests
{
    private const string Question = "Who employs Mira Ibarra?";
    private const string Answer = "Mira works for Opal";

    [Theory]
    [InlineData(null, 0.75, 1)]
    [InlineData("Mira Keil plays the cello", 0, 0.5)]
    public async Task Recall_takes_a_first_name_for_the_full_name_where_nobody_else_has_it(string? other, double least, double most)
    {
        await using var f = await WithMiraAsync(other);

        var found = (await f.RecallAsync(new RecallRequest { Query = Question, Explain = true })).Memories;

        found.Single(static m => m.Memory.Content == Answer).Parts!.Value.Words.ShouldBeInRange(least, most);
    }

    [Theory]
    [InlineData(Question)]
    [InlineData("mira's boss? I mean Mira Ibarra's boss")]
    [InlineData(Question, "Mira Ibarra Keil plays the cello")]
    public async Task Imply_a_surname_is_implied_by_the_first_name(string question, string? other = null)
    {
        await using var f = await WithMiraAsync(other);

        (await ImpliedAsync(f, question)).ShouldBe(["ibarra by mira"]);
    }

    [Theory]
    [InlineData(Question, "Mira Keil plays the cello")]
    [InlineData(Question, "The boat is Mira Stella")]
    [InlineData("Who employs Mira Zorvak?")]
    [InlineData("Who employs Team Mira?")]
    [InlineData("Who employs M. Ibarra?")]
    [InlineData("Who employs Miras Ibarra?")]
    [InlineData("Who employs Anna-Lena Ibarra?", "Anna sings. We met Anna-Lena Ibarra, and Anna")]
    [InlineData("")]
    [InlineData("Mira \ud83d Ibarra\udc00")]
    public async Task Imply_a_name_that_is_unknown_or_shared_implies_nothing(string question, string? other = null)
    {
        await using var f = await WithMiraAsync(other);

        (await ImpliedAsync(f, question)).ShouldBeEmpty();
    }

    private static async Task<ServiceFixture> WithMiraAsync(string? other)
    {
        var f = new ServiceFixture();
        foreach (var what in new[] { "plays chess", "drinks tea", "has a parrot", "lives in Tartu", "runs every day", "was born in May" })
        {
            await f.StoreAsync($"Mira Ibarra {what}");
        }

        await f.StoreAsync(Answer);
        await f.StoreAsync("The mast is tall");
        if (other is not null)
        {
            await f.StoreAsync(other);
        }

        await f.Memories.NoteMentionsAsync();
        return f;
    }

    private static async Task<IReadOnlyList<string>> ImpliedAsync(ServiceFixture f, string question)
    {
        var index = await TestIndex.OfAsync(f);
        var terms = await f.Store.ReadAsync(ServiceFixture.Ns, r => ShortNames.Imply(index, r, question, QueryTerms.Parse(index, question)));
        return [.. terms.Where(static t => t.ImpliedBy >= 0).Select(t => $"{t.Word} by {index.Vocabulary.TextOf(t.ImpliedBy)}")];
    }
}
