using CsCheck;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall;

/// <summary>Whatever is asked, there is an answer or a word why there is none.</summary>
public sealed class RecallerQueryTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    public static TheoryData<string> AnyQueries => new(
        string.Join(' ', Enumerable.Range(0, 1500).Select(static i => $"word{i}"))[..10_000],
        new string('x', 10_000),
        new string('数', 10_000),
        string.Concat(Enumerable.Repeat("aB", 5000)),
        string.Concat(Enumerable.Repeat("\"ab\" ", 2000)),
        string.Concat(Enumerable.Repeat("before the launch ", 555)),
        new string(' ', 9_999) + "?",
        "what is it and who was that?",
        "the",
        "📦",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "?!…—()[]{}",
        "\"",
        "\"\"",
        "שלום עולם",
        "مرحبا بالعالم",
        "harbor שלום مرحبا 数据 данные ไทย",
        "\u202E\u200F\u2066",
        "\ud83d",
        "a\ud83db",
        "\u0000",
        "zqxjv",
        "1234567890",
        "-- ; DROP TABLE memories",
        "e\u0301\u0301\u0301",
        "ﷺ ͺ");

    [Theory]
    [MemberData(nameof(AnyQueries))]
    public async Task Recall_of_any_query_gives_results_or_says_why_there_are_none(string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor runs on PostgreSQL 16");
        await f.StoreAsync("The launch went well", MemoryKind.Event);
        await f.StoreAsync("Henrik plays chess 🚀");

        foreach (var request in new[] { new RecallRequest { Query = query }, new RecallRequest { Query = query, AsOf = ServiceFixture.Start }, new RecallRequest { Query = query, Explain = true, MaxTokens = 500 } })
        {
            var result = await f.RecallAsync(request);

            (result.Memories.Count > 0 || !string.IsNullOrEmpty(result.Note)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("AND", "salt and pepper")]
    [InlineData("and OR", "salt and pepper", "tea or coffee")]
    [InlineData("NOT", "do not disturb")]
    [InlineData("NEAR(", "NEAR the quay")]
    [InlineData("\"AND\"", "salt and pepper")]
    [InlineData("*", "a * b ? c")]
    [InlineData(" \"*\" ", "a * b ? c")]
    [InlineData("?", "a * b ? c")]
    [InlineData("->", "x -> y")]
    [InlineData("🎉", "party 🎉🎊")]
    [InlineData("🎊 🎉", "party 🎉🎊")]
    [InlineData("❤", "with ❤️")]
    [InlineData("❤️", "with ❤️")]
    [InlineData("👩‍💻", "👩‍💻 works")]
    public async Task Recall_of_operators_marks_and_pictographs_alone_finds_what_holds_them(string query, params string[] holders)
    {
        await using var f = new ServiceFixture();
        foreach (var content in new[] { "salt and pepper", "tea or coffee", "do not disturb", "NEAR the quay", "a * b ? c", "x -> y", "party 🎉🎊", "with ❤️", "👩‍💻 works", "plain words" })
        {
            await f.StoreAsync(content);
        }

        foreach (var request in new[] { new RecallRequest { Query = query }, new RecallRequest { Query = query, AsOf = f.Time.GetUtcNow() } })
        {
            var result = await f.RecallAsync(request);

            result.Memories.Select(static m => m.Memory.Content).ShouldBe(holders, ignoreOrder: true);
            result.Memories.ShouldAllBe(static m => m.Score > 0);
            result.Note.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("what is it?", "No memory shares a word")]
    [InlineData("AND", "No memory shares a word")]
    [InlineData("?!", "No memory holds this text")]
    [InlineData("*", "No memory holds this text")]
    [InlineData("\"", "No memory holds this text")]
    [InlineData("\u202E\u200F", "No memory holds this text")]
    [InlineData("🎉", "No memory shares a word")]
    public async Task Recall_of_marks_or_small_words_that_no_memory_holds_says_so(string query, string note)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Harbor runs on PostgreSQL 16");

        var result = await f.RecallAsync(new RecallRequest { Query = query });

        result.Memories.ShouldBeEmpty();
        result.Note!.ShouldContain(note);
    }

    [Fact]
    public async Task Recall_of_marks_keeps_to_the_filter_and_to_the_time_it_asks_for()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("ratio *", MemoryKind.Note)).Memory.Id;
        await f.StoreAsync("bound *", MemoryKind.Fact);
        var before = f.Time.GetUtcNow();
        f.Time.Advance(TimeSpan.FromHours(1));
        (await f.Memories.UpdateAsync(Ns, old, new MemoryChange { Content = "ratio, without" })).Succeeded.ShouldBeTrue();

        (await f.RecallAsync("*")).ShouldBe(["bound *"]);
        (await f.RecallAsync(new RecallRequest { Query = "*", AsOf = before })).Memories.Count.ShouldBe(2);
        (await f.RecallAsync(new RecallRequest { Query = "*", Filter = new MemoryFilter { Kinds = [MemoryKind.Note] } })).Memories.ShouldBeEmpty();
        (await f.RecallAsync(new RecallRequest { Query = "*", WhyNot = old })).WhyNot!.Reason.ShouldBe("it is superseded, and states lets active through");
    }

    [Fact]
    public async Task Recall_of_what_nobody_holds_says_so_unless_there_is_nothing_at_all()
    {
        await using var f = new ServiceFixture();
        (await f.RecallAsync(new RecallRequest { Query = "zqxjv" })).Note.ShouldBeNull();

        await f.StoreAsync("Henrik plays chess");
        var result = await f.RecallAsync(new RecallRequest { Query = "zqxjv" });

        result.Memories.ShouldBeEmpty();
        result.Note!.ShouldContain("No memory shares a word");
    }

    [Theory]
    [InlineData("שלום עולם", "עולם")]
    [InlineData("مرحبا بالعالم", "بالعالم")]
    [InlineData("Данные хранятся в Москве", "данные")]
    [InlineData("café in Zürich", "zurich cafe")]
    [InlineData("mixed 数据 שלום text", "שלום")]
    public async Task Recall_finds_right_to_left_and_mixed_scripts(string content, string query)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(content);
        await f.StoreAsync("Henrik plays chess");

        (await f.RecallAsync(query))[0].ShouldBe(content);
    }

    [Fact]
    public async Task Recall_of_a_long_query_finds_what_its_first_words_name()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The kestrel nests in spring");
        await f.StoreAsync("Henrik plays chess");

        (await f.RecallAsync("kestrel " + string.Join(' ', Enumerable.Range(0, 1400).Select(static i => $"x{i}"))))[0].ShouldBe("The kestrel nests in spring");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("damaged")]
    [InlineData("")]
    public async Task Recall_without_a_usable_table_goes_by_words_and_says_so(string? file)
    {
        await using var f = new ServiceFixture();
        var path = Path.Combine(f.Folder, "table.bin");
        if (file is not null)
        {
            await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        }

        await using var memories = new MemoryService(f.Store, f.Time, new Random(3), embeddings: new EmbeddingSource(path));
        (await memories.StoreAsync(Ns, [new NewMemory { Content = "The automobile needs tyres" }])).Succeeded.ShouldBeTrue();

        var found = (await memories.RecallAsync(Ns, new RecallRequest { Query = "automobile" })).Value!;
        found.Memories.ShouldHaveSingleItem();
        found.Note!.ShouldContain(path);
        var none = (await memories.RecallAsync(Ns, new RecallRequest { Query = "car" })).Value!;
        none.Memories.ShouldBeEmpty();
        none.Note!.ShouldContain("No memory shares a word");
        none.Note!.ShouldContain(path);
        (await memories.RecallAsync(Ns, new RecallRequest())).Value!.Note.ShouldBeNull();
        (await memories.EmbedMissingAsync(Ns)).ShouldBe(0);

        // The same store, read by one that has the table.
        await f.Memories.EmbedMissingAsync(Ns, TestContext.Current.CancellationToken);
        var meant = await f.RecallAsync(new RecallRequest { Query = "car wheels" });
        meant.Memories.ShouldHaveSingleItem();
        meant.Note.ShouldBeNull();
    }

    [Theory]
    [InlineData("The staging database listens on port 5432.")]
    [InlineData("\"the staging database listens on port 5432\"")]
    public async Task Recall_exact_match_stands_before_better_supported_texts_of_the_same_words_and_more(string query)
    {
        await using var f = new ServiceFixture();
        var match = (await f.StoreAsync("The staging database listens on port 5432", importance: 0, source: "import:old")).Memory.Id;
        foreach (var more in new[] { "since May", "for Ana", "in Ghent", "by night", "at Acme", "on Linux", "for tests", "with TLS", "for now", "as agreed" })
        {
            await f.StoreAsync($"The staging database listens on port 5432 {more}", importance: 1, source: "user");
        }

        var found = await f.RecallAsync(new RecallRequest { Query = query });

        found.Memories[0].Memory.Id.ShouldBe(match);
        found.Memories.Select(static m => m.Score).ShouldBeInOrder(Shouldly.SortDirection.Descending);
        found.Memories[1].Score.ShouldBeLessThan(found.Memories[0].Score);
    }

    [Fact]
    public async Task Recall_finds_by_the_last_word_of_a_long_query_of_which_no_other_is_known()
    {
        await using var f = new ServiceFixture();
        var match = (await f.StoreAsync("Henrik plays chess")).Memory.Id;
        var unknown = string.Join(' ', Enumerable.Range(0, 80).Select(static i => $"zq{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}xv"));

        (await f.RecallAsync(new RecallRequest { Query = unknown + " chess" })).Memories.ShouldHaveSingleItem().Memory.Id.ShouldBe(match);
    }

    [Fact]
    public async Task Recall_phrase_of_one_letter_must_match()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The parser is written in Go");
        var match = (await f.StoreAsync("The parser is written in C")).Memory.Id;

        (await f.RecallAsync(new RecallRequest { Query = "parser \"C\"" })).Memories.ShouldHaveSingleItem().Memory.Id.ShouldBe(match);
    }

    [Fact]
    public async Task Recall_many_spellings_of_one_statement_leave_room_for_the_others()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 48; i++)
        {
            string[] words = ["harbor", "crane", "is", "red"];
            var spelled = words.Select((w, at) => ((int)(i / Math.Pow(3, at)) % 3) switch { 0 => w, 1 => $"({w})", _ => $"'{w}'" });
            await f.StoreAsync(string.Join(' ', spelled));
        }

        for (var i = 0; i < 10; i++)
        {
            await f.StoreAsync($"Crane {i} stands at quay {i} beside the harbor office of the port");
        }

        (await f.RecallAsync(new RecallRequest { Query = "harbor crane red", Limit = 8 })).Memories.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Recall_scores_of_a_conversation_fall()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 20; i++)
        {
            await f.StoreAsync($"Did you see the kestrel {(i % 4) switch { 0 => "today", 1 => "nest", 2 => "chick", _ => "tower" }} number {i}?", session: "s");
        }

        var scores = (await f.RecallAsync(new RecallRequest { Query = "kestrel nest number 5" })).Memories.Select(static m => m.Score).ToList();

        scores[0].ShouldBeLessThanOrEqualTo(1);
        scores.Distinct().Count().ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Recall_never_hides_an_exact_match_behind_use_confidence_or_importance()
    {
        await using var f = new ServiceFixture();
        var match = (await f.StoreAsync("kestrel heron osprey", importance: 0, source: "import:old")).Memory.Id;
        await f.Memories.FeedbackAsync(Ns, match, new Feedback(false, "user"));
        var others = new List<MemoryId>();
        for (var i = 0; i < 20; i++)
        {
            others.Add((await f.StoreAsync($"{(i % 3) switch { 0 => "kestrel", 1 => "heron", _ => "osprey" }} number {i}", importance: 1, source: "user")).Memory.Id);
        }

        Gen.Select(Gen.Int[0, 19], Gen.Int[1, 400], Gen.Int[0, 3000]).Array[0, 12].Sample(uses =>
        {
            f.Time.Advance(TimeSpan.FromDays(1));
            foreach (var (which, count, minutes) in uses)
            {
                f.Store.WriteAsync(Ns, w =>
                {
                    w.AddRecallUses(new Dictionary<MemoryId, RecallUse> { [others[which]] = new(count, f.Time.GetUtcNow().AddMinutes(-minutes)) });
                    return true;
                }).GetAwaiter().GetResult();
            }

            var found = f.RecallAsync(new RecallRequest { Query = "kestrel heron osprey", Limit = 1 }).GetAwaiter().GetResult();
            found.Memories.ShouldHaveSingleItem().Memory.Id.ShouldBe(match);
        }, iter: 40, threads: 1);
    }
}
