using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;
using Memory.Core.Storage;
using Memory.Core.Tests.Embeddings;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Recall.Ranking;

public sealed class RankerTests
{
    private static readonly Ranker Ranker = new(RecallOptions.Default, new WordVectors(EmbeddingFiles.Static));

    [Fact]
    public async Task Rank_puts_who_has_the_words_before_who_has_fewer_and_leaves_out_who_has_nothing()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Henrik plays chess");
        await f.StoreAsync("The crane is yellow");
        await f.StoreAsync("The yellow crane of the harbor squeaks");
        var index = await TestIndex.OfAsync(f);

        var ranked = new Ranker(RecallOptions.Default, words: null).Rank(index, Query(index, "yellow harbor crane", meaning: false));

        ranked.Select(static c => c.Entry).ShouldBe([2, 1]);
        ranked[0].Words.ShouldBe(1);
        ranked[1].Words.ShouldBeInRange(0.1f, 0.9f);
        ranked[0].Meaning.ShouldBe(0);
        ranked[0].WordMeaning.ShouldBe(0);
    }

    [Fact]
    public async Task Rank_counts_a_rare_word_more_than_a_common_one_and_a_short_text_more_than_a_long_one()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 10; i++)
        {
            await f.StoreAsync($"server number {i}");
        }

        await f.StoreAsync("kestrel");
        await f.StoreAsync("kestrel and many other things that somebody once wrote down at length for later");
        var index = await TestIndex.OfAsync(f);

        var ranked = new Ranker(RecallOptions.Default, words: null).Rank(index, Query(index, "server kestrel", meaning: false));

        ranked.Take(2).Select(static c => c.Entry).ShouldBe([10, 11]);
    }

    [Fact]
    public async Task Rank_finds_a_paraphrase_that_shares_no_word()
    {
        await using var f = new ServiceFixture();
        foreach (var text in new[] { "Henrik plays chess on Sundays", "The automobile needs new tyres", "Lunch is at noon", "The cluster has three nodes" })
        {
            await f.StoreAsync(text);
        }

        var index = await TestIndex.OfAsync(f);

        var best = Ranker.Rank(index, Query(index, "car wheels"))[0];

        best.Entry.ShouldBe(1);
        best.Words.ShouldBe(0);
        best.Meaning.ShouldBe(1);
        best.Cosine.ShouldBeGreaterThan(RecallOptions.Default.LeastCosine);
        best.WordMeaning.ShouldBe(1);
    }

    [Fact]
    public async Task Rank_lends_score_to_the_neighbour_in_a_conversation_and_hardly_in_a_list_of_notes()
    {
        await using var f = new ServiceFixture();
        string[] talk = ["I walked home", "When do your kestrels hatch?", "Usually around April", "Thank you", "You are welcome", "My pleasure"];
        string[] notes = ["Rent paid", "Kestrels hatch late", "Printer ordered", "Lamp replaced", "Door painted", "Keys copied"];
        foreach (var i in Enumerable.Range(0, talk.Length))
        {
            await f.StoreAsync(talk[i], session: "talk");
            await f.StoreAsync(notes[i], session: "notes");
        }

        var index = await TestIndex.OfAsync(f);

        var ranked = Ranker.Rank(index, Query(index, "kestrels hatch", meaning: false)).ToDictionary(static c => c.Entry);

        ranked[4].Neighbours.ShouldBeGreaterThan(RecallOptions.Default.LeastNeighbours);
        ranked[4].Neighbours.ShouldBeGreaterThan(2 * ranked[5].Neighbours);
        ranked[5].Neighbours.ShouldBeGreaterThan(0);
        ranked[6].Neighbours.ShouldBeInRange(0.01f, ranked[4].Neighbours - 0.01f);
        ranked.ContainsKey(8).ShouldBeFalse();
        ranked[4].Relevance.ShouldBe(ranked[4].Neighbours);
    }

    [Fact]
    public async Task Rank_lends_nothing_from_or_to_what_the_filter_keeps_out()
    {
        await using var f = new ServiceFixture();
        var asked = (await f.StoreAsync("When do your kestrels hatch?", session: "s")).Memory.Id;
        var answer = (await f.StoreAsync("Usually around April", MemoryKind.Note, session: "s")).Memory.Id;
        var index = await TestIndex.OfAsync(f);
        var query = Query(index, "kestrels hatch", meaning: false);

        Ranker.Rank(index, query).Select(c => c.Entry).ShouldBe([index.Find(asked), index.Find(answer)]);
        Ranker.Rank(index, query with { Filter = new IndexFilter(index, new() { Kinds = [MemoryKind.Fact] }, null) }).ShouldHaveSingleItem().Entry.ShouldBe(index.Find(asked));
        Ranker.Rank(index, query with { Filter = new IndexFilter(index, new() { Kinds = [MemoryKind.Note] }, null) }).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rank_raises_what_lies_in_a_time_that_the_query_names()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-10));
        await f.StoreAsync("tea with Ben", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1));
        var index = await TestIndex.OfAsync(f);
        var query = Query(index, "tea", meaning: false);
        var (from, to) = (Milliseconds(-11), Milliseconds(-9));

        Ranker.Rank(index, query).Select(static c => c.Entry).ShouldBe([1, 0]);
        var ranked = Ranker.Rank(index, query with { Times = [new TimeWindow(from, to, 1)] });
        ranked.Select(static c => (c.Entry, c.Time)).ShouldBe([(0, 1f), (1, 0f)]);
        Ranker.Rank(index, query with { Times = [new TimeWindow(from, to, 0.6f)] })[0].Time.ShouldBe(0.6f);
        (ranked[0].Relevance - ranked[1].Relevance).ShouldBe(RecallOptions.Default.TimeShare * (1 - RecallOptions.Default.WordMeaningShare), 1e-5f);
        // The end is not part of it, the beginning is.
        Ranker.Rank(index, query with { Times = [new TimeWindow(Milliseconds(-11), Milliseconds(-10), 1)] })[0].Time.ShouldBe(0);
        Ranker.Rank(index, query with { Times = [new TimeWindow(Milliseconds(-10), Milliseconds(-9), 1)] })[0].Time.ShouldBe(1);

        static long Milliseconds(int days) => ServiceFixture.Start.AddDays(days).ToUnixTimeMilliseconds();
    }

    [Fact]
    public async Task Rank_takes_a_word_that_nobody_has_for_a_slip_of_one_that_somebody_has()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The kestrel nests in spring");
        await f.StoreAsync("Lunch is at noon");
        var index = await TestIndex.OfAsync(f);

        Ranker.Rank(index, Query(index, "kestrle", meaning: false)).ShouldHaveSingleItem().Entry.ShouldBe(0);
        Ranker.Rank(index, Query(index, "kitchen", meaning: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rank_of_only_some_entries_ranks_no_others()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 5; i++)
        {
            await f.StoreAsync($"tea {i}", session: "s");
        }

        var index = await TestIndex.OfAsync(f);

        Ranker.Rank(index, Query(index, "tea") with { Only = new HashSet<int> { 1, 3 } }).Select(static c => c.Entry).ShouldBe([3, 1], ignoreOrder: true);
        Ranker.Rank(index, Query(index, "tea") with { Only = new HashSet<int>() }).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rank_ranks_the_one_that_is_asked_about_however_bad_it_is_but_not_past_the_filter()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea");
        await f.StoreAsync("Henrik plays chess");
        var index = await TestIndex.OfAsync(f);
        var query = Query(index, "tea", meaning: false);

        Ranker.Rank(index, query).ShouldHaveSingleItem();
        Ranker.Rank(index, query, also: 1).Select(static c => c.Entry).ShouldBe([0, 1]);
        Ranker.Rank(index, query with { Only = new HashSet<int> { 0 } }, also: 1).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Rank_is_the_same_every_time_and_puts_the_latest_of_equals_first()
    {
        await using var f = new ServiceFixture();
        var grown = await TestIndex.OfAsync(f);
        for (var i = 0; i < 40; i++)
        {
            await f.StoreAsync($"tea {(i % 4 == 0 ? "with milk" : "alone")} {i}", session: i % 3 == 0 ? "s" : null);
            await TestIndex.CatchUpAsync(grown, f.Store);
        }

        var fresh = await TestIndex.OfAsync(f);

        var first = Ranker.Rank(fresh, Query(fresh, "tea with milk"));
        first.Count.ShouldBe(40);
        Ranker.Rank(fresh, Query(fresh, "tea with milk")).ShouldBe(first);
        Ranker.Rank(grown, Query(grown, "tea with milk")).ShouldBe(first);
        first.Zip(first.Skip(1)).ShouldAllBe(static p => p.First.Relevance > p.Second.Relevance || (p.First.Relevance == p.Second.Relevance && p.First.Entry > p.Second.Entry));
    }

    [Fact]
    public async Task Rank_of_an_empty_index_or_query_is_empty()
    {
        await using var f = new ServiceFixture();
        var empty = await TestIndex.OfAsync(f);
        Ranker.Rank(empty, Query(empty, "tea")).ShouldBeEmpty();

        await f.StoreAsync("tea");
        var index = await TestIndex.OfAsync(f);
        Ranker.Rank(index, Query(index, "")).ShouldBeEmpty();
    }

    private static RankedQuery Query(NamespaceIndex index, string text, bool meaning = true) => new()
    {
        Terms = QueryTerms.Parse(index, text),
        Vector = meaning ? EmbeddingFiles.Static.VectorOf(text) : default,
        Filter = new IndexFilter(index, new MemoryFilter(), asOf: null),
    };
}
