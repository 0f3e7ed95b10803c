using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Recall;

public sealed class NearIdenticalTests
{
    [Theory]
    [InlineData("The colour of the harbor is grey", "the colour of harbor is gray... grey", false)]
    [InlineData("The crane of the harbor is yellow", "Crane of harbor: yellow.")]
    [InlineData("The crane is yellow", "the crane, yellow")]
    [InlineData("The crane is yellow", "\"crane is yellow\"")]
    [InlineData("The crane is yellow", "The crane, is YELLOW!")]
    [InlineData("Port 80 is open", "Port 81 is open", false)]
    [InlineData("Version 1.25 is out", "Version 12.5 is out", false)]
    [InlineData("The limit is -5 degrees", "The limit is 5 degrees", false)]
    [InlineData("Ana likes tea", "Ben likes tea", false)]
    [InlineData("Ana likes tea", "Ana likes no tea", false)]
    [InlineData("Mara can come", "Mara can't come", false)]
    [InlineData("Mara can come", "Mara cannot come", false)]
    [InlineData("Harbor is up", "Harbor is not up", false)]
    [InlineData("Harbor is up", "Is Harbor up?", false)]
    [InlineData("Ana beats Ben", "Ben beats Ana", false)]
    [InlineData("The flight from Paris to Rome", "The flight to Paris from Rome", false)]
    [InlineData("My car is red", "Your car is red", false)]
    [InlineData("Talk to her brother", "Talk to his brother", false)]
    [InlineData("It is written in C#", "It is written in C++", false)]
    [InlineData("Vitamin A is good", "Vitamin is good", false)]
    [InlineData("It costs $5 today", "It costs €5 today", false)]
    [InlineData("Lunch was at noon", "Lunch will be at noon", false)]
    public async Task Recall_folds_only_what_says_the_same_word_for_word(string one, string other, bool folded = true)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(one);
        await f.StoreAsync(other);

        var found = (await f.RecallAsync(new RecallRequest { Query = $"{one} {other}" })).Memories;

        found.Count.ShouldBe(folded ? 1 : 2);
        found.Sum(static m => m.Alike.Count).ShouldBe(folded ? 1 : 0);
    }

    [Fact]
    public async Task Recall_of_many_that_say_the_same_names_them_all_and_gives_their_places_to_others()
    {
        await using var f = new ServiceFixture();
        var all = new List<MemoryId>();
        foreach (var text in new[] { "The crane is yellow", "the crane, yellow", "Crane is (yellow)", "is the crane yellow" })
        {
            all.Add((await f.StoreAsync(text)).Memory.Id);
        }

        await f.StoreAsync("The crane squeaks and is hardly ever oiled by anybody");

        var found = (await f.RecallAsync(new RecallRequest { Query = "yellow crane", Limit = 2 })).Memories;

        found.Select(static m => m.Alike.Count).ShouldBe([3, 0]);
        found[0].Alike.Append(found[0].Memory.Id).ShouldBe(all, ignoreOrder: true);
    }

    [Fact]
    public async Task Recall_folds_neither_other_kinds_nor_events_of_another_time()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea, with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-2));
        await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1));
        await f.StoreAsync("the tea with Ana", MemoryKind.Note);

        (await f.RecallAsync(new RecallRequest { Query = "tea" })).Memories.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Recall_never_folds_texts_of_stop_words_or_of_no_words()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("It is what it is", session: "s");
        await f.StoreAsync("It was what it was", session: "s");
        await f.StoreAsync("!!!", session: "s");
        await f.StoreAsync("???", session: "s");

        (await f.RecallAsync(new RecallRequest { Query = "", AsOf = ServiceFixture.Start })).Memories.Count.ShouldBe(4);
    }
}
