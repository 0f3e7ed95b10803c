using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class ShortNamesTests
{
    private const string Question = "Who employs Mira Ibarra?";
    private const string Answer = "Mira works for Opal";

    [Fact]
    public async Task Imply_a_first_name_alone_is_who_is_asked_about_by_full_name()
    {
        await using var f = new ServiceFixture();

        (await WordsOfAnswerAsync(f)).ShouldBeGreaterThan(0.75f);
    }

    [Theory]
    [InlineData("Mira Keil plays the cello")]
    [InlineData("The boat is Mira Stella")]
    public async Task Imply_where_somebody_else_has_the_first_name_the_surname_must_be_there(string other)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(other);

        (await WordsOfAnswerAsync(f)).ShouldBeLessThan(0.5f);
    }

    [Fact]
    public async Task Imply_a_longer_name_of_the_same_person_is_nobody_else()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mira Ibarra Keil plays the cello");

        (await WordsOfAnswerAsync(f)).ShouldBeGreaterThan(0.75f);
    }

    private static async Task<float> WordsOfAnswerAsync(ServiceFixture f)
    {
        foreach (var what in new[] { "plays chess", "drinks tea", "has a parrot", "lives in Tartu", "runs every day", "was born in May" })
        {
            await f.StoreAsync($"Mira Ibarra {what}");
        }

        await f.StoreAsync(Answer);
        await f.StoreAsync("The mast is tall");
        await f.Memories.NoteMentionsAsync();
        var found = (await f.RecallAsync(new RecallRequest { Query = Question, Explain = true })).Memories;
        return (float)found.Single(static m => m.Memory.Content == Answer).Parts!.Value.Words;
    }
}
