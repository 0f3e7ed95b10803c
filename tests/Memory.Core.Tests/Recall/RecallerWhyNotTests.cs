using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall;

public sealed class RecallerWhyNotTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task Recall_why_not_tells_nothing_when_nobody_asked()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea");

        (await f.RecallAsync(new RecallRequest { Query = "tea" })).WhyNot.ShouldBeNull();
    }

    [Fact]
    public async Task Recall_why_not_of_a_result_says_that_nothing_kept_it_out()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("tea is green")).Memory.Id;
        await f.StoreAsync("tea is black and rather bitter when it stands");

        var result = await f.RecallAsync(new RecallRequest { Query = "green tea", WhyNot = id, Explain = true });

        result.WhyNot!.Reason.ShouldStartWith("nothing");
        result.WhyNot.Rank.ShouldBe(1);
        result.WhyNot.Score.ShouldBe(result.Memories[0].Score);
        result.WhyNot.Parts.ShouldBe(result.Memories[0].Parts);
    }

    [Fact]
    public async Task Recall_why_not_of_an_unknown_a_forgotten_and_a_later_memory_says_so()
    {
        await using var f = new ServiceFixture();
        var forgotten = (await f.StoreAsync("The password is swordfish")).Memory.Id;
        var note = (await f.StoreAsync("tea is green")).Memory;
        await f.Memories.ForgetAsync(Ns, [forgotten]);
        var unknown = MemoryId.New(new Random(999));

        (await AskAsync(unknown)).ShouldBe($"there is no memory '{unknown}' in namespace 'default'");
        (await AskAsync(forgotten)).ShouldBe("it was forgotten");
        (await f.RecallAsync(new RecallRequest { Query = "tea", WhyNot = note.Id, AsOf = ServiceFixture.Start.AddDays(-1) })).WhyNot!.Reason.ShouldContain("stored later");

        async Task<string> AskAsync(MemoryId id)
        {
            var why = (await f.RecallAsync(new RecallRequest { Query = "tea swordfish", WhyNot = id })).WhyNot!;
            (why.Id, why.Rank, why.Score, why.Parts).ShouldBe((id, null, 0, null));
            return why.Reason;
        }
    }

    [Fact]
    public async Task Recall_why_not_of_a_memory_that_a_filter_keeps_out_names_what_is_wanted_and_what_it_has_and_its_score()
    {
        await using var f = new ServiceFixture();
        var note = (await f.StoreAsync("tea is green", MemoryKind.Note, tags: ["kitchen"], occurredAt: ServiceFixture.Start.AddDays(-3))).Memory;
        var old = (await f.StoreAsync("tea is red")).Memory.Id;
        await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "tea is black" });
        var free = (await f.RecallAsync(new RecallRequest { Query = "tea", WhyNot = note.Id })).WhyNot!.Score;

        (await AskAsync(old, new())).ShouldBe("it is superseded, and states lets active through");
        (await AskAsync(note.Id, new() { Kinds = [MemoryKind.Fact] })).ShouldBe("it is of kind note, and kinds lets fact through");
        (await AskAsync(note.Id, new() { Tags = ["garden", "attic"] })).ShouldBe("it has the tags kitchen, and tags asks for one of garden, attic");
        (await AskAsync(note.Id, new() { Tags = ["kitchen", "attic"], AllTags = true })).ShouldBe("it has the tags kitchen, and tags asks for all of kitchen, attic");
        (await AskAsync(note.Id, new() { Since = ServiceFixture.Start })).ShouldBe("it is of 2026-11-21 12:00 UTC, and since is 2026-11-24 12:00");
        (await AskAsync(note.Id, new() { Until = ServiceFixture.Start.AddDays(-9) })).ShouldBe("it is of 2026-11-21 12:00 UTC, and until is 2026-11-15 12:00");
        (await AskAsync(note.Id, new() { MinConfidence = 0.95 })).ShouldBe(FormattableString.Invariant($"its confidence is {note.Confidence:0.00}, and min_confidence is 0.95"));
        (await AskAsync(note.Id, new(), "\"tea is black\"")).ShouldBe("it does not hold the words in quotes: \"tea is black\"");
        (await AskAsync(note.Id, new() { Kinds = [MemoryKind.Fact], MinConfidence = 0.95 })).ShouldContain("; its confidence");

        async Task<string> AskAsync(MemoryId id, MemoryFilter filter, string query = "tea")
        {
            var why = (await f.RecallAsync(new RecallRequest { Query = query, WhyNot = id, Filter = filter })).WhyNot!;
            (why.Rank, why.Parts is null).ShouldBe((null, false));
            why.Score.ShouldBeInRange(free / 2, 1);
            return why.Reason;
        }
    }

    [Fact]
    public async Task Recall_why_not_of_a_memory_of_another_namespace_knows_nothing_of_it()
    {
        await using var f = new ServiceFixture();
        Namespace.TryParse("theirs", out var theirs).ShouldBeTrue();
        var id = (await f.StoreAsync("tea", ns: theirs)).Memory.Id;

        (await f.RecallAsync(new RecallRequest { Query = "tea", WhyNot = id })).WhyNot!.Reason.ShouldContain("there is no memory");
    }

    [Fact]
    public async Task Recall_why_not_of_a_folded_memory_names_the_one_that_stands_for_it()
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The crane is yellow")).Memory.Id;
        var other = (await f.StoreAsync("the crane, yellow")).Memory.Id;
        var shown = (await f.RecallAsync(new RecallRequest { Query = "crane" })).Memories.Single().Memory.Id;

        var why = (await f.RecallAsync(new RecallRequest { Query = "crane", WhyNot = shown == one ? other : one })).WhyNot!;

        why.Reason.ShouldBe($"{shown} says the same word for word and stands for it");
        why.Score.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Recall_why_not_of_a_memory_beyond_the_limit_tells_its_place()
    {
        await using var f = new ServiceFixture();
        var last = (await f.StoreAsync("tea and many other things that nobody asked for at all")).Memory.Id;
        await f.StoreAsync("green tea one");
        await f.StoreAsync("green tea two");

        var why = (await f.RecallAsync(new RecallRequest { Query = "green tea", Limit = 2, WhyNot = last })).WhyNot!;

        why.Reason.ShouldBe("2 others fit better, and limit is 2");
        why.Rank.ShouldBe(3);
        why.Parts!.Value.Words.ShouldBeInRange(0.01, 0.99);
    }

    [Fact]
    public async Task Recall_why_not_of_a_memory_that_is_hardly_like_the_query_says_so()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Henrik plays chess")).Memory.Id;
        await f.StoreAsync("tea is green");

        var why = (await f.RecallAsync(new RecallRequest { Query = "green tea", WhyNot = id })).WhyNot!;

        why.Reason.ShouldContain("shares no word with the query");
        why.Rank.ShouldBe(2);
    }

    [Fact]
    public async Task Recall_why_not_of_a_memory_that_does_not_fit_into_the_tokens_says_so()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea short");
        var planks = (await f.StoreAsync("tea " + string.Join(' ', Enumerable.Repeat("planks", 200)))).Memory.Id;

        (await f.RecallAsync(new RecallRequest { Query = "tea", MaxTokens = 50, WhyNot = planks })).WhyNot!.Reason.ShouldBe("it did not fit into max_tokens");
    }

    [Theory]
    [InlineData("", "others are more active")]
    [InlineData("what is it?", "it shares no word with the query")]
    public async Task Recall_why_not_without_words_says_that_others_are_more_active_or_that_it_holds_none(string query, string reason)
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("kestrel")).Memory.Id;
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.Memories.StoreAsync(Ns, [.. Enumerable.Range(0, 100).Select(static i => new NewMemory { Content = $"newer {i}" })]);

        (await f.RecallAsync(new RecallRequest { Query = query, WhyNot = id })).WhyNot!.Reason.ShouldContain(reason);
        (await f.RecallAsync(new RecallRequest { Query = query, WhyNot = id, AsOf = ServiceFixture.Start.AddDays(2) })).WhyNot!.Rank.ShouldNotBeNull();
    }

    [Fact]
    public async Task Recall_why_not_never_changes_the_results()
    {
        await using var f = new ServiceFixture();
        var random = new Random(8);
        var ids = new List<MemoryId>();
        for (var i = 0; i < 80; i++)
        {
            ids.Add((await f.StoreAsync(i % 3 == 0 ? $"tea {i}" : i % 3 == 1 ? "the tea" + new string(',', i) : $"Henrik {i}", importance: random.NextDouble(), session: i % 7 == 0 ? "s" : $"t{i}")).Memory.Id);
            f.Time.Advance(TimeSpan.FromHours(1));
        }

        foreach (var request in new[] { new RecallRequest { Query = "tea" }, new RecallRequest { Query = "tea", Limit = 1 }, new RecallRequest { Query = "Does Henrik 4 drink?" }, new RecallRequest { AsOf = f.Time.GetUtcNow(), Limit = 5 }, new RecallRequest { Limit = 5 } })
        {
            var expected = Shown(await f.RecallAsync(request));
            foreach (var id in ids)
            {
                var asked = await f.RecallAsync(request with { WhyNot = id });
                Shown(asked).ShouldBe(expected, id.Value);
                asked.WhyNot!.Reason.ShouldNotBeEmpty();
                asked.Memories.Any(m => m.Memory.Id == id).ShouldBe(asked.WhyNot.Reason.StartsWith("nothing", StringComparison.Ordinal));
            }
        }

        static string[] Shown(RecallResult result) => [.. result.Memories.Select(static m => $"{m.Score:R} {m.Memory.Content}")];
    }
}
