using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class NamespaceIndexTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task CatchUp_takes_words_times_tags_vector_and_session_of_each_memory()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync(
            "The Harbor queue reviews Mara's maxTokens", MemoryKind.Decision, session: "s", tags: ["db", "ops"], importance: 0.25, occurredAt: ServiceFixture.Start.AddDays(-3))).Memory;

        var index = await TestIndex.OfAsync(f);

        var entry = TestIndex.Entry(index, id.Id);
        (entry.Kind, entry.State, entry.Importance, entry.Position, entry.IsTurn).ShouldBe((MemoryKind.Decision, MemoryState.Active, 0.25f, 0, false));
        entry.When.ShouldBe(ServiceFixture.Start.AddDays(-3).ToUnixTimeMilliseconds());
        entry.CreatedAt.ShouldBe(ServiceFixture.Start.ToUnixTimeMilliseconds());
        entry.EndedAt.ShouldBe(long.MaxValue);
        entry.Length.ShouldBe((ushort)8);
        entry.Confidence.ShouldBe((float)id.Confidence);
        index.TagsOf(entry).ToArray().ShouldBe([index.FindTag("db"), index.FindTag("ops")], ignoreOrder: true);
        index.FindTag("other").ShouldBe(-1);
        TestIndex.Words(index, 0).ShouldBe(["harbor", "queue", "reviews", "mara", "maxtokens", "max", "tokens"]);
        index.Vectors.Has(0).ShouldBeTrue();
        index.Postings.Of(index.Vocabulary.FindTerm("review")).Entries.ToArray().ShouldBe([0]);
        index.Postings.Of(index.Vocabulary.FindTerm("the")).Count.ShouldBe(0);
        index.Find(MemoryId.New(new Random(9))).ShouldBe(-1);
    }

    [Theory]
    [InlineData("You like tea", true)]
    [InlineData("I like tea", false)]
    [InlineData("I think that Harbor runs on PostgreSQL", false)]
    [InlineData("Is it up?", true)]
    [InlineData("何時ですか？", true)]
    [InlineData("Harbor runs on PostgreSQL", false)]
    public async Task CatchUp_tells_turns_of_a_conversation_from_notes(string content, bool isTurn)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(content);

        (await TestIndex.OfAsync(f)).Entries[0].IsTurn.ShouldBe(isTurn);
    }

    [Fact]
    public async Task CatchUp_after_a_change_of_the_day_finds_it_by_the_new_one_only()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("tea with Ana in May", MemoryKind.Event, occurredAt: new DateTimeOffset(2023, 5, 14, 9, 0, 0, TimeSpan.Zero))).Memory.Id;
        await f.StoreAsync("tea with Ben", MemoryKind.Event, occurredAt: new DateTimeOffset(2024, 5, 14, 9, 0, 0, TimeSpan.Zero));
        using var indexes = new RecallIndexes();
        await EntriesAsync("2023");

        await f.Memories.UpdateAsync(Ns, id, new MemoryChange { OccurredAt = new DateTimeOffset(2024, 6, 15, 9, 0, 0, TimeSpan.Zero) });

        (await EntriesAsync("2023")).ShouldBeEmpty();
        (await EntriesAsync("14")).ShouldBe([1]);
        (await EntriesAsync("2024")).ShouldBe([0, 1]);
        (await EntriesAsync("june")).ShouldBe([0]);
        // Its text still says so.
        (await EntriesAsync("may")).ShouldBe([0, 1]);

        Task<int[]> EntriesAsync(string word) => f.Store.ReadAsync(Ns, r => indexes.Read(
            r, "none", 1, index => index.Postings.Of(index.Vocabulary.FindTerm(PorterStemmer.Stem(word))).Entries.ToArray()));
    }

    [Fact]
    public async Task CatchUp_finds_a_memory_by_the_day_on_which_it_happened()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: new DateTimeOffset(2023, 5, 14, 9, 0, 0, TimeSpan.Zero));
        await f.StoreAsync("tea with Ben", MemoryKind.Event, occurredAt: new DateTimeOffset(1969, 12, 31, 9, 0, 0, TimeSpan.Zero));
        await f.StoreAsync("tea with Cora", MemoryKind.Event, occurredAt: new DateTimeOffset(1970, 1, 1, 9, 0, 0, TimeSpan.Zero));

        var index = await TestIndex.OfAsync(f);

        Having("may").ShouldBe([0]);
        Having("2023").ShouldBe([0]);
        Having("1969").ShouldBe([1]);
        Having("1970").ShouldBe([2]);
        TestIndex.Words(index, 0).ShouldBe(["tea", "ana"]);

        int[] Having(string word) => index.Postings.Of(index.Vocabulary.FindTerm(PorterStemmer.Stem(word))).Entries.ToArray();
    }

    [Fact]
    public async Task CatchUp_sees_what_another_process_stored_updated_judged_forgot_and_merged()
    {
        await using var f = new ServiceFixture();
        var replaced = (await f.StoreAsync("The port is 80")).Memory.Id;
        var forgotten = (await f.StoreAsync("The password is swordfish")).Memory.Id;
        var kept = (await f.StoreAsync("The crane is yellow")).Memory.Id;
        var merged = (await f.StoreAsync("crane is yellow")).Memory.Id;
        var index = await TestIndex.OfAsync(f);
        await using var store = f.AnotherStore();
        await using var other = new MemoryService(store, f.Time, new Random(77));

        f.Time.Advance(TimeSpan.FromHours(1));
        var replacing = (await other.UpdateAsync(Ns, replaced, new MemoryChange { Content = "The port is 8080" })).Value!.Memory.Id;
        await other.ForgetAsync(Ns, [forgotten]);
        await other.FeedbackAsync(Ns, kept, new Feedback(true, "user"));
        await other.UpdateAsync(Ns, kept, new MemoryChange { Tags = ["paint"], Kind = MemoryKind.Note, OccurredAt = ServiceFixture.Start.AddDays(-2), Importance = 0.875 });
        await TestIndex.CatchUpAsync(index, f.Store);

        index.Count.ShouldBe(5);
        TestIndex.Entry(index, replaced).State.ShouldBe(MemoryState.Superseded);
        TestIndex.Entry(index, replaced).EndedAt.ShouldBe(ServiceFixture.Start.AddHours(1).ToUnixTimeMilliseconds());
        TestIndex.Entry(index, replacing).State.ShouldBe(MemoryState.Active);
        TestIndex.Entry(index, forgotten).State.ShouldBe(MemoryState.Forgotten);
        index.Vectors.Has(index.Find(forgotten)).ShouldBeFalse();
        var updated = TestIndex.Entry(index, kept);
        (updated.Kind, updated.Importance, updated.When).ShouldBe((MemoryKind.Note, 0.875f, ServiceFixture.Start.AddDays(-2).ToUnixTimeMilliseconds()));
        updated.Confidence.ShouldBe((float)(await f.ShowAsync(kept)).Memory.Confidence);
        index.TagsOf(updated).ToArray().ShouldBe([index.FindTag("paint")]);

        await other.UpdateAsync(Ns, kept, new MemoryChange { Kind = MemoryKind.Fact });
        var report = await f.ConsolidateAsync();
        report.Counts.Merged.ShouldBe(1);
        await TestIndex.CatchUpAsync(index, f.Store);
        new[] { TestIndex.Entry(index, kept).State, TestIndex.Entry(index, merged).State }.ShouldBe([MemoryState.Active, MemoryState.Merged], ignoreOrder: true);
    }

    [Fact]
    public async Task CatchUp_again_changes_nothing_and_bit_by_bit_ends_as_all_at_once()
    {
        await using var f = new ServiceFixture();
        var index = await TestIndex.OfAsync(f);
        var random = new Random(4);
        var ids = new List<MemoryId>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add((await f.StoreAsync($"statement {i} of many?", session: random.Next(3) is > 0 and var s ? $"s{s}" : null)).Memory.Id);
            if (random.Next(3) == 0)
            {
                await f.Memories.FeedbackAsync(Ns, ids[random.Next(ids.Count)], new Feedback(true, $"user {i}"));
            }

            if (random.Next(5) == 0)
            {
                await f.Memories.ForgetAsync(Ns, [ids[^1]]);
                ids.RemoveAt(ids.Count - 1);
            }

            if (random.Next(4) == 0)
            {
                await TestIndex.CatchUpAsync(index, f.Store);
            }
        }

        await TestIndex.CatchUpAsync(index, f.Store);
        var (before, sequence) = (TestIndex.Dump(index), index.Sequence);
        await TestIndex.CatchUpAsync(index, f.Store);

        TestIndex.Dump(index).ShouldBe(before);
        index.Sequence.ShouldBe(sequence);
        // Of what was forgotten before it was ever read the words are gone; nobody sees the difference.
        Visible(index).ShouldBe(Visible(await TestIndex.OfAsync(f)));

        static string[] Visible(NamespaceIndex index) => [.. TestIndex.Dump(index).Where(static line => !line.Contains("|Forgotten|", StringComparison.Ordinal)).Select(static line => line[..line.LastIndexOf('|')])
            .Select(static line => string.Join('|', line.Split('|').Where(static (_, column) => column != 10)))];
    }

    [Fact]
    public async Task CatchUp_keeps_the_order_in_which_a_session_was_stored_although_an_earlier_one_changed_last()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("nothing");
        var index = await TestIndex.OfAsync(f);
        var first = (await f.StoreAsync("When is lunch?", session: "s")).Memory.Id;
        var second = (await f.StoreAsync("At noon.", session: "s")).Memory.Id;
        var elsewhere = (await f.StoreAsync("Elsewhere.", session: "t")).Memory.Id;
        await f.Memories.FeedbackAsync(Ns, first, new Feedback(true, "user"));

        await TestIndex.CatchUpAsync(index, f.Store);
        var third = (await f.StoreAsync("Thanks.", session: "s")).Memory.Id;
        await TestIndex.CatchUpAsync(index, f.Store);

        var session = index.SessionOf(index.Find(first)).ShouldNotBeNull();
        session.Entries.Select(e => MemoryId.FromBits(index.Entries[e].Id)).ShouldBe([first, second, third]);
        session.At(0).ShouldBe(index.Find(first));
        session.At(-1).ShouldBe(-1);
        session.At(3).ShouldBe(-1);
        session.TurnShare.ShouldBe(1.0 / 3, 1e-9);
        index.SessionOf(index.Find(elsewhere))!.Entries.Count.ShouldBe(1);
        index.SessionOf(0).ShouldBeNull();
    }

    [Fact]
    public async Task CatchUp_sees_vectors_that_came_later_and_knows_no_others()
    {
        await using var f = new ServiceFixture();
        await using var wordsOnly = new MemoryService(f.Store, f.Time, new Random(5));
        await wordsOnly.StoreAsync(Ns, [new NewMemory { Content = "tea is green" }]);
        var index = await TestIndex.OfAsync(f);
        index.Vectors.Has(0).ShouldBeFalse();

        await f.Memories.EmbedMissingAsync(Ns);
        await TestIndex.CatchUpAsync(index, f.Store);

        index.Vectors.Has(0).ShouldBeTrue();
        index.Count.ShouldBe(1);
        var another = new NamespaceIndex(TestIndex.Dimensions);
        await f.Store.ReadAsync(Ns, reader =>
        {
            another.CatchUp(reader, "another/256/x");
            return true;
        });
        another.Vectors.Has(0).ShouldBeFalse();
    }

    [Fact]
    public async Task CatchUp_after_one_that_failed_half_way_ends_as_one_that_did_not()
    {
        await using var f = new ServiceFixture();
        foreach (var n in Enumerable.Range(0, 21))
        {
            (await f.Memories.StoreAsync(Ns, [.. Enumerable.Range(0, 100).Select(i => new NewMemory { Content = $"Crate {n} of pier {i} holds tea.", Session = $"s{i % 7}" })])).Succeeded.ShouldBeTrue();
        }

        var whole = await TestIndex.OfAsync(f);
        var index = new NamespaceIndex(TestIndex.Dimensions);
        await f.Store.ReadAsync(Ns, reader =>
        {
            var failing = FailingReader.Of(reader, afterRows: 1_500);
            return Should.Throw<IOException>(() => index.CatchUp(failing, TestIndex.Model));
        });
        TestIndex.Words(index, 1_499).ShouldBe(TestIndex.Words(whole, 1_499));

        await TestIndex.CatchUpAsync(index, f.Store);

        TestIndex.Dump(index).ShouldBe(TestIndex.Dump(whole));
        foreach (var word in new[] { "crate", "tea", "17", "november" })
        {
            var (one, other) = (index.Postings.Of(index.Vocabulary.FindTerm(PorterStemmer.Stem(word))), whole.Postings.Of(whole.Vocabulary.FindTerm(PorterStemmer.Stem(word))));
            other.Count.ShouldBeGreaterThan(0);
            one.Entries.ToArray().ShouldBe(other.Entries.ToArray());
            one.Counts.ToArray().ShouldBe(other.Counts.ToArray());
        }
    }

    [Fact]
    public async Task Keep_holds_the_vector_of_a_word()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea is green");
        var index = await TestIndex.OfAsync(f);
        var word = index.Vocabulary.Find("tea");
        index.VectorOfWord(word).ShouldBeNull();
        var vector = new WordVector(1, [1, 2]);

        index.Keep(word, vector).ShouldBeSameAs(vector);

        index.VectorOfWord(word).ShouldBeSameAs(vector);
        index.VectorOfWord(10_000).ShouldBeNull();
        index.Keep(10_000, vector).ShouldBeSameAs(vector);
        vector.Cosine(new WordVector(0.5f, [3, 4])).ShouldBe(5.5f);
        vector.Cosine(new WordVector(0, [3, 4])).ShouldBe(0);
    }
}
