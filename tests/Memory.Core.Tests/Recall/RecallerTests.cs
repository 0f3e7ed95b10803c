using CsCheck;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall;

public sealed class RecallerTests
{
    [Fact]
    public async Task Recall_ranks_the_better_match_of_words_first_and_stems_them()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mara reviews pull requests on Mondays");
        await f.StoreAsync("Harbor has a queue");
        await f.StoreAsync("The reviewing of code takes an hour");

        (await f.RecallAsync("who reviews a pull request?")).ShouldBe(["Mara reviews pull requests on Mondays", "The reviewing of code takes an hour"]);
    }

    [Theory]
    [InlineData("does Zorvak or mirdel hum", "The zorvak hums")]
    [InlineData("does zorvak or Mirdel hum", "The mirdel hums")]
    public async Task Recall_weighs_a_name_more_than_other_words(string query, string first)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The zorvak hums");
        await f.StoreAsync("The mirdel hums");

        var found = (await f.RecallAsync(new RecallRequest { Query = query, Explain = true })).Memories;
        found.MaxBy(static m => m.Parts!.Value.Words)!.Memory.Content.ShouldBe(first);
        found.Min(static m => m.Parts!.Value.Words).ShouldBeLessThan(0.9);
    }

    [Fact]
    public async Task Recall_of_equal_words_prefers_the_more_believed_more_used_more_important()
    {
        await using var f = new ServiceFixture();
        var doubted = (await f.StoreAsync("The printer is on floor 1", importance: 0.5)).Memory.Id;
        await f.StoreAsync("The printer is on floor 2", importance: 0.5);
        await f.Memories.FeedbackAsync(ServiceFixture.Ns, doubted, new Feedback(false, "user"));
        (await f.RecallAsync("printer"))[0].ShouldBe("The printer is on floor 2");

        await f.StoreAsync("The scanner is on floor 1", importance: 0.1);
        await f.StoreAsync("The scanner is on floor 2", importance: 0.9);
        await f.StoreAsync("The scanner is on floor 3", importance: 0.1);
        (await f.RecallAsync("scanner"))[0].ShouldBe("The scanner is on floor 2");

        var used = (await f.StoreAsync("The copier of floor 1 hums")).Memory.Id;
        await f.StoreAsync("The copier of floor 2 hums");
        f.Time.Advance(TimeSpan.FromDays(30));
        await f.Memories.RecallAsync(ServiceFixture.Ns, new() { Query = "floor 1 copier", Limit = 1 });
        await f.ReopenAsync();
        (await f.RecallAsync(new RecallRequest { Query = "copier" })).Memories[0].Memory.Id.ShouldBe(used);
    }

    [Fact]
    public async Task Recall_filters_by_kind_tag_time_confidence_and_state()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea one", MemoryKind.Fact, tags: ["a"], occurredAt: ServiceFixture.Start.AddDays(-10));
        await f.StoreAsync("tea two", MemoryKind.Note, tags: ["a", "b"], occurredAt: ServiceFixture.Start.AddDays(-5));
        await f.StoreAsync("tea three", MemoryKind.Decision, "user", tags: ["b"]);

        async Task<string[]> Of(MemoryFilter filter) => [.. (await f.RecallAsync("tea", filter)).Order(StringComparer.Ordinal)];
        (await Of(new() { Kinds = [MemoryKind.Fact, MemoryKind.Note] })).ShouldBe(["tea one", "tea two"]);
        (await Of(new() { Tags = ["a", "b"] })).ShouldBe(["tea one", "tea three", "tea two"]);
        (await Of(new() { Tags = ["a", "b"], AllTags = true })).ShouldBe(["tea two"]);
        (await Of(new() { Since = ServiceFixture.Start.AddDays(-5) })).ShouldBe(["tea three", "tea two"]);
        (await Of(new() { Until = ServiceFixture.Start.AddDays(-5) })).ShouldBe(["tea one", "tea two"]);
        (await Of(new() { MinConfidence = 0.88 })).ShouldBe(["tea three"]);
        (await Of(new() { States = [MemoryState.Archived] })).ShouldBeEmpty();

        // The same filters hold when nothing is asked for in words.
        async Task<string[]> Active(MemoryFilter filter) => [.. (await f.RecallAsync("", filter)).Order(StringComparer.Ordinal)];
        (await Active(new() { Kinds = [MemoryKind.Fact, MemoryKind.Note] })).ShouldBe(["tea one", "tea two"]);
        (await Active(new() { Tags = ["a", "b"], AllTags = true })).ShouldBe(["tea two"]);
        (await Active(new() { Since = ServiceFixture.Start.AddDays(-5), Until = ServiceFixture.Start.AddDays(-1) })).ShouldBe(["tea two"]);
        (await Active(new() { MinConfidence = 0.88 })).ShouldBe(["tea three"]);
    }

    [Fact]
    public async Task Recall_of_an_empty_query_gives_the_most_active_first()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("old and unused");
        await f.StoreAsync("old and used");
        f.Time.Advance(TimeSpan.FromDays(40));
        await f.RecallAsync("old used", limit: 1);
        await f.ReopenAsync();
        await f.StoreAsync("new");
        f.Time.Advance(TimeSpan.FromHours(1));

        (await f.RecallAsync("")).ShouldBe(["old and used", "new", "old and unused"]);
    }

    [Fact]
    public async Task Recall_of_an_empty_query_knows_what_was_used_behind_any_number_of_newer_memories()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("kestrel");
        await f.Memories.StoreAsync(ServiceFixture.Ns, [.. Enumerable.Range(0, 100).Select(static i => new NewMemory { Content = $"newer {i}" })]);
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.RecallAsync("kestrel");
        await f.ReopenAsync();

        (await f.RecallAsync("", limit: 1)).ShouldBe(["kestrel"]);
    }

    [Fact]
    public async Task Recall_of_what_fits_equally_well_puts_the_latest_first()
    {
        await using var f = new ServiceFixture();
        var first = (await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-2))).Memory.Id;
        var second = (await f.StoreAsync("tea with Ana", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1))).Memory.Id;

        (await f.RecallAsync(new RecallRequest { Query = "tea" })).Memories.Select(static m => m.Memory.Id).ShouldBe([second, first]);
    }

    [Fact]
    public async Task Recall_of_a_query_without_words_says_so()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("something");

        var result = await f.RecallAsync(new RecallRequest { Query = "?! *" });

        result.Memories.ShouldBeEmpty();
        result.Note!.ShouldContain("holds this text as it stands");
    }

    [Fact]
    public async Task Recall_limit_bounds_the_results()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 60; i++)
        {
            await f.StoreAsync($"tea number {i}");
        }

        (await f.RecallAsync(new RecallRequest { Query = "tea" })).Memories.Count.ShouldBe(8);
        (await f.RecallAsync("tea", limit: 50)).Length.ShouldBe(50);
        (await f.Memories.RecallAsync(ServiceFixture.Ns, new() { Limit = 0 })).Problem!.Message.ShouldContain("1 to 50");
        (await f.Memories.RecallAsync(ServiceFixture.Ns, new() { Limit = 51 })).Problem!.Message.ShouldContain("1 to 50");
    }

    [Fact]
    public async Task Recall_max_tokens_packs_what_fits_and_names_the_rest()
    {
        await using var f = new ServiceFixture();
        var planks = (await f.StoreAsync("tea " + string.Join(' ', Enumerable.Repeat("planks", 200)))).Memory.Id;
        await f.StoreAsync("tea short");

        var result = await f.RecallAsync(new RecallRequest { Query = "tea", MaxTokens = 100 });
        result.Memories.Single().Memory.Content.ShouldBe("tea short");
        result.LeftOut.ShouldBe([planks]);
        var nothing = await f.RecallAsync(new RecallRequest { Query = "tea", MaxTokens = 1 });
        nothing.Memories.ShouldBeEmpty();
        nothing.Note!.ShouldContain("too small");
    }

    [Fact]
    public async Task Recall_max_tokens_counts_what_the_caller_renders()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea");

        (await f.RecallAsync(new RecallRequest { Query = "tea", MaxTokens = 20 })).Memories.ShouldHaveSingleItem();
        (await f.RecallAsync(new RecallRequest { Query = "tea", MaxTokens = 20, Render = static r => r.Text + new string('-', 9999) })).Memories.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_explain_shows_the_parts_and_the_arithmetic()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("tea is green", importance: 0.7);
        await f.StoreAsync("tea and coffee and water and milk");

        var best = (await f.RecallAsync(new RecallRequest { Query = "green tea", Explain = true })).Memories[0];

        var parts = best.Parts!.Value;
        parts.Words.ShouldBe(1);
        parts.Importance.ShouldBe(0.7, 1e-6);
        parts.Confidence.ShouldBe(best.Memory.Confidence, 1e-6);
        var o = RecallOptions.Default;
        var relevance = ((1 - o.WordMeaningShare) * (((1 - o.MeaningShare) * parts.Words) + (o.MeaningShare * parts.Meaning) + (o.TimeShare * parts.Time)))
            + (o.WordMeaningShare * parts.WordMeaning) + parts.Neighbours + parts.Entities;
        var useful = 1 - o.ActivationShare - o.ConfidenceShare - o.ImportanceShare
            + (o.ActivationShare * parts.Activation) + (o.ConfidenceShare * parts.Confidence) + (o.ImportanceShare * parts.Importance);
        best.Score.ShouldBe(relevance * useful, 1e-6);
        best.Confidence!.Value.ShouldBe(best.Memory.Confidence, 1e-9);
        (await f.RecallAsync(new RecallRequest { Query = "tea" })).Memories[0].Parts.ShouldBeNull();
    }

    [Fact]
    public async Task Recall_shows_lineage()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("tea is green")).Memory.Id;
        await f.Memories.UpdateAsync(ServiceFixture.Ns, old, new MemoryChange { Content = "tea is black" });

        (await f.RecallAsync(new RecallRequest { Query = "tea" })).Memories.Single().Lineage.Single().From.ShouldBe(old);
    }

    [Theory]
    [InlineData("数据库在东京", "数据库")]
    [InlineData("数据库在东京", "库")]
    [InlineData("東京の配送パートナーは平日に対応します", "配送")]
    [InlineData("東京の配送パートナーは平日に対応します", "パートナー")]
    [InlineData("รถไฟฟ้ามาถึงแล้ว", "รถไฟ")]
    [InlineData("서울에서 회의가 있다", "서울")]
    [InlineData("Harbor tracks parcels 📦 daily", "📦")]
    [InlineData("mixed 数据 text", "数据")]
    public async Task Recall_finds_text_without_spaces(string content, string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(content);
        await f.StoreAsync("別の話です 完全に違う");

        (await f.RecallAsync(query)).ShouldContain(content);
    }

    [Fact]
    public async Task Recall_of_any_query_never_fails_and_any_word_of_a_text_finds_it()
    {
        await using var f = new ServiceFixture();
        var pieces = Gen.OneOf(
            Gen.OneOf("\"", "'", "AND", "OR", "NOT", "NEAR(", ")", "*", "^", ":", "-", "+", "{", "}", "content:", "kestrel", "数据库", "📦", "", "--", ";", "DROP TABLE memories", "%", "_", "\\", "NEAR/2", "\u0000", "ไทย"),
            Gen.String[0, 10]);
        var texts = Gen.Select(pieces.Array[1, 6], Gen.OneOf("zebra", "quokka", "okapi")).Select(static p => (Text: string.Join(' ', p.Item1), Word: p.Item2));
        texts.Sample(t =>
        {
            var outcome = f.Memories.RecallAsync(ServiceFixture.Ns, new() { Query = t.Text }).GetAwaiter().GetResult();
            outcome.Succeeded.ShouldBeTrue();
            var stored = f.Memories.StoreAsync(ServiceFixture.Ns, [new() { Content = $"{t.Text} {t.Word}" }]).GetAwaiter().GetResult();
            if (stored.Succeeded)
            {
                var found = f.Memories.RecallAsync(ServiceFixture.Ns, new() { Query = $"{t.Word} {t.Text}", Limit = 50 }).GetAwaiter().GetResult().Value!;
                found.Memories.ShouldContain(m => m.Memory.Id == stored.Value[0].Memory.Id || m.Alike.Contains(stored.Value[0].Memory.Id), $"{t.Text}|{t.Word}|{found.Memories.Count}|{found.Note}");
            }
        }, iter: 300, threads: 1);
        (await f.Store.HealthAsync()).Damage.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"zero\u200Bwidth kestrel\"")]
    [InlineData("\"zerowidth\u0007 kestrel\"")]
    [InlineData("zerowidth \u001B[31mkestrel")]
    public async Task Recall_reads_a_query_as_a_text_is_read_that_is_stored(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Of zerowidth kestrel signs nothing is kept.");

        var found = await f.RecallAsync(new RecallRequest { Query = query });
        found.Memories.Single().Memory.Content.ShouldBe("Of zerowidth kestrel signs nothing is kept.");
        found.Note.ShouldBeNull();
    }

    [Theory]
    [InlineData("The parser is written in C", "The parser is written in C++")]
    [InlineData("Alert when load > 5", "Alert when load < 5")]
    [InlineData("The offset is 5", "The offset is -5")]
    [InlineData("Skip when ready", "Skip when !ready")]
    [InlineData("Is Mara vegetarian?", "Mara is vegetarian")]
    public async Task Recall_does_not_fold_what_differs_in_a_sign(string one, string other)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(one);
        await f.StoreAsync(other);

        (await f.RecallAsync(new RecallRequest { Query = one })).Memories.Select(static m => m.Memory.Content).ShouldBe([one, other], ignoreOrder: true);
    }

    [Fact]
    public async Task Recall_takes_a_name_of_one_letter_and_signs_in_quotes_for_a_phrase()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The parser is written in C");
        await f.StoreAsync("The parser is written in C++");

        (await f.RecallAsync("parser \"C++\"")).ShouldBe(["The parser is written in C++"]);
    }

    [Theory]
    [InlineData("🎉🎉")]
    [InlineData("what is it?")]
    [InlineData("?!...")]
    public async Task Recall_of_a_query_that_names_nothing_is_never_silent_nor_out_of_its_time(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor has a queue");
        f.Time.Advance(TimeSpan.FromDays(1));
        var between = f.Time.GetUtcNow();
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.StoreAsync("Mara reviews pull requests");

        var now = await f.RecallAsync(new RecallRequest { Query = query });
        now.Memories.ShouldBeEmpty();
        now.Note.ShouldNotBeNull();
        await f.StoreAsync($"They said {query} aloud");
        (await f.RecallAsync(query)).ShouldBe([$"They said {query} aloud"]);
        var then = await f.RecallAsync(new RecallRequest { Query = query, AsOf = between });
        then.Memories.ShouldBeEmpty();
        then.Note.ShouldNotBeNull();
    }

    [Fact]
    public async Task Recall_as_of_shows_state_and_lineage_as_they_were()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("The staging server runs Debian 11")).Memory.Id;
        f.Time.Advance(TimeSpan.FromDays(1));
        var between = f.Time.GetUtcNow();
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Content = "The staging server runs Debian 12" });

        var then = (await f.RecallAsync(new RecallRequest { Query = "staging server", AsOf = between })).Memories.ShouldHaveSingleItem();
        then.Memory.Id.ShouldBe(id);
        then.Memory.State.ShouldBe(MemoryState.Active);
        then.Memory.ValidUntil.ShouldBeNull();
        then.Lineage.ShouldBeEmpty();
    }
}
