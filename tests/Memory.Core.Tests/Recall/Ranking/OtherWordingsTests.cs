using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class OtherWordingsTests
{
    private const string Question = "Whom does Hugo report to?";
    private const string Survivor = "The boss of Hugo is Yuki";
    private const string Merged = "Hugo reports to Yuki";

    [Fact]
    public async Task Recall_finds_a_memory_by_what_was_merged_into_it()
    {
        await using var f = await WithHugoAsync();
        (await f.RecallAsync(Question))[0].ShouldBe(Merged);

        await MergeAsync(f, Merged, Survivor);

        var found = (await f.RecallAsync(new RecallRequest { Query = Question, Explain = true })).Memories;
        found[0].Memory.Content.ShouldBe(Survivor);
        found[0].Parts!.Value.Words.ShouldBe(1);
        found.ShouldNotContain(static m => m.Memory.Content == Merged);
    }

    [Fact]
    public async Task Recall_finds_what_stands_at_the_end_of_several_merges()
    {
        await using var f = await WithHugoAsync();
        await MergeAsync(f, Merged, Survivor);
        await f.StoreAsync("Yuki is head of all things");

        await MergeAsync(f, Survivor, "Yuki is head of all things");

        (await f.RecallAsync(Question))[0].ShouldBe("Yuki is head of all things");
    }

    [Fact]
    public async Task Recall_of_what_the_filter_keeps_out_is_not_brought_up_by_what_was_merged_into_it()
    {
        await using var f = await WithHugoAsync();
        f.Time.Advance(TimeSpan.FromDays(10));
        await f.StoreAsync("Now and then Hugo reports");
        await MergeAsync(f, "Now and then Hugo reports", Survivor);

        var found = await f.RecallAsync(new RecallRequest { Query = "now and then", Filter = new MemoryFilter { Since = f.Time.GetUtcNow().AddDays(-1) } });

        found.Memories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_of_what_was_superseded_in_a_memory_that_was_divided_does_not_bring_up_what_is_left()
    {
        await using var f = await WithHugoAsync();
        await f.StoreAsync("Hugo mends boats. Hugo drives a zorvak. Hugo knits.");
        await f.StoreAsync("Hugo mends boats. Hugo knits.");
        await MergeAsync(f, "Hugo mends boats. Hugo drives a zorvak. Hugo knits.", "Hugo mends boats. Hugo knits.");

        await f.StoreAsync("Hugo mends boats, knits and yodels.");
        await MergeAsync(f, "Hugo mends boats. Hugo knits.", "Hugo mends boats, knits and yodels.");
        await f.Memories.NoteMentionsAsync();

        (await f.RecallAsync("zorvak")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_by_a_tag_finds_what_has_it_by_a_wording_that_had_not()
    {
        await using var f = await WithHugoAsync();
        await f.StoreAsync("Yuki is the chief of Hugo", tags: ["people"]);
        await MergeAsync(f, Merged, "Yuki is the chief of Hugo");

        var found = (await f.RecallAsync(new RecallRequest { Query = "reports", Filter = new MemoryFilter { Tags = ["people"] } })).Memories;

        found.Single().Memory.Content.ShouldBe("Yuki is the chief of Hugo");
        (await f.RecallAsync(new RecallRequest { Query = "reports", Filter = new MemoryFilter { Tags = ["things"] } })).Memories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_a_memory_of_hundreds_of_wordings_is_one_result_and_leaves_room_for_others()
    {
        await using var f = await WithHugoAsync();
        for (var i = 0; i < 400; i++)
        {
            await f.StoreAsync($"{Merged}, says note {i}");
            await MergeAsync(f, $"{Merged}, says note {i}", Survivor);
        }

        (await f.RecallAsync(Question)).Count(static c => c == Survivor).ShouldBe(1);
        (await f.RecallAsync(Question)).Length.ShouldBe(12);
        (await f.RecallAsync("says note"))[0].ShouldBe(Survivor);
    }

    [Fact]
    public async Task Recall_of_merged_memories_themselves_shows_them()
    {
        await using var f = await WithHugoAsync();
        await MergeAsync(f, Merged, Survivor);

        var found = await f.RecallAsync(new RecallRequest { Query = Question, Filter = new MemoryFilter { States = [MemoryState.Merged] } });

        found.Memories.Single().Memory.Content.ShouldBe(Merged);
    }

    private static async Task<ServiceFixture> WithHugoAsync()
    {
        var f = new ServiceFixture();
        foreach (var what in new[] { "sings", "paints", "bakes", "rows", "skis", "swims", "writes", "naps", "cycles", "fishes" })
        {
            await f.StoreAsync($"Hugo {what}");
        }

        await f.StoreAsync(Survivor);
        await f.StoreAsync(Merged);
        return f;
    }

    private static async Task MergeAsync(ServiceFixture f, string what, string into) => await f.Store.WriteAsync(ServiceFixture.Ns, w =>
    {
        var (one, other) = (w.WithSameText(what).Single(), w.WithSameText(into).Single());
        w.Update(one with { State = MemoryState.Merged });
        w.AddLink(new Link(one.Id, other.Id, LinkKind.MergedInto, f.Time.GetUtcNow()));
        return true;
    });
}
