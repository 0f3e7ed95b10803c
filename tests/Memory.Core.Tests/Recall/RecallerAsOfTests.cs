using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall;

public sealed class RecallerAsOfTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task Recall_as_of_a_time_before_a_store_does_not_know_of_it()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The crane is yellow");
        f.Time.Advance(TimeSpan.FromHours(2));
        await f.StoreAsync("The crane squeaks");

        (await AtAsync(f, "crane", -1)).ShouldBeEmpty();
        (await AtAsync(f, "crane", 1)).ShouldBe(["The crane is yellow"]);
        (await AtAsync(f, "crane", 2)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Recall_as_of_a_time_before_an_update_gives_the_old_version_as_it_was()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("The port is 80")).Memory.Id;
        f.Time.Advance(TimeSpan.FromHours(2));
        await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "The port is 8080" });

        (await AtAsync(f, "port", 1)).ShouldBe(["The port is 80"]);
        (await AtAsync(f, "port", 2)).ShouldBe(["The port is 8080"]);
        (await AtAsync(f, "port", 2, MemoryState.Superseded)).ShouldBe(["The port is 80"]);
        (await f.RecallAsync(new RecallRequest { Query = "port", AsOf = ServiceFixture.Start.AddHours(1) })).Memories.Single().Lineage.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_as_of_a_time_before_a_merge_gives_what_was_merged_since()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The crane is yellow");
        await f.StoreAsync("crane is yellow");
        f.Time.Advance(TimeSpan.FromHours(2));
        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);

        (await AllAtAsync(1)).ShouldBe(2);
        (await AllAtAsync(2)).ShouldBe(1);

        async Task<int> AllAtAsync(int hours) => (await f.RecallAsync(new RecallRequest { Query = "crane", AsOf = ServiceFixture.Start.AddHours(hours) })).Memories.Sum(static m => 1 + m.Alike.Count);
    }

    [Fact]
    public async Task Recall_as_of_a_time_before_it_was_archived_gives_what_faded_since()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The lift was loud", MemoryKind.Note, "import:old", importance: 0.1);
        f.Time.Advance(TimeSpan.FromDays(1000));
        (await f.ConsolidateAsync()).Counts.Archived.ShouldBe(1);

        (await AtAsync(f, "lift", 24)).ShouldBe(["The lift was loud"]);
        (await AtAsync(f, "lift", 24_000)).ShouldBeEmpty();
        (await AtAsync(f, "lift", 24_000, MemoryState.Archived)).ShouldBe(["The lift was loud"]);
    }

    [Fact]
    public async Task Recall_as_of_a_time_never_gives_what_was_forgotten_since()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The password is swordfish")).Memory.Id;
        f.Time.Advance(TimeSpan.FromHours(2));
        await f.Memories.ForgetAsync(Ns, [id]);

        (await AtAsync(f, "password swordfish", 1)).ShouldBeEmpty();
        (await AtAsync(f, "", 1)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("what is it?")]
    [InlineData("?!")]
    public async Task Recall_as_of_a_time_without_words_gives_what_was_there_then(string query)
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("The port is 80")).Memory.Id;
        f.Time.Advance(TimeSpan.FromHours(2));
        await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "The port is 8080" });
        await f.StoreAsync("Lunch is at noon");

        (await AtAsync(f, query, 1)).ShouldBe(query == "?!" ? [] : ["The port is 80"]);
        (await AtAsync(f, query, -1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_as_of_a_time_counts_yesterday_from_it()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1));
        await f.StoreAsync("tea with Ben", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-9));
        f.Time.Advance(TimeSpan.FromDays(30));

        (await AtAsync(f, "tea yesterday", 1))[0].ShouldBe("tea with Ana");
    }

    [Fact]
    public async Task Recall_as_of_a_time_is_as_sure_as_the_evidence_of_then()
    {
        await using var f = new ServiceFixture();
        var said = (await f.StoreAsync("The crane is yellow", source: "ana")).Memory;
        f.Time.Advance(TimeSpan.FromHours(2));
        await f.StoreAsync("The crane is yellow", source: "ben");
        await f.Memories.FeedbackAsync(Ns, said.Id, new Feedback(true));
        var now = (await f.ShowAsync(said.Id)).Memory.Confidence;

        var then = (await f.RecallAsync(new RecallRequest { Query = "crane", AsOf = ServiceFixture.Start.AddHours(1), Explain = true })).Memories.Single();

        then.Memory.Confidence.ShouldBe(said.Confidence, 0.001);
        then.Confidence!.Value.ShouldBe(then.Memory.Confidence, 0.001);
        then.Confidence.Terms.ShouldHaveSingleItem().Evidence.Source.ShouldBe("ana");
        now.ShouldBeGreaterThan(said.Confidence + 0.05);
        var filter = new MemoryFilter { MinConfidence = now - 0.01 };
        (await f.RecallAsync(new RecallRequest { Query = "crane", Filter = filter })).Memories.ShouldHaveSingleItem();
        (await f.RecallAsync(new RecallRequest { Query = "crane", Filter = filter, AsOf = ServiceFixture.Start.AddHours(1) })).Memories.ShouldBeEmpty();
        (await f.RecallAsync(new RecallRequest { Query = "crane", Filter = filter, AsOf = ServiceFixture.Start.AddHours(3) })).Memories.ShouldHaveSingleItem();
    }

    private static async Task<string[]> AtAsync(ServiceFixture f, string query, int hours, MemoryState state = MemoryState.Active) =>
        [.. (await f.RecallAsync(new RecallRequest { Query = query, AsOf = ServiceFixture.Start.AddHours(hours), Filter = new MemoryFilter { States = [state] } })).Memories.Select(static m => m.Memory.Content)];
}
