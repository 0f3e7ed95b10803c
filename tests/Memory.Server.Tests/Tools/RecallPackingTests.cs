using Memory.Core.Recall.Packing;

namespace Memory.Server.Tests.Tools;

/// <summary>What fits into the answer of `recall`.</summary>
public sealed class RecallPackingTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Recall_with_max_tokens_packs_what_fits_and_names_what_did_not()
    {
        await server.StoreAsync(_ns, "Short gangway.");
        var planks = await server.StoreAsync(_ns, "Long gangway of " + string.Join(' ', Enumerable.Repeat("planks", 200)));

        var (text, data) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":100}""");

        data.GetProperty("memories").EnumerateArray().ShouldHaveSingleItem().GetProperty("content").GetString().ShouldBe("Short gangway.");
        data.GetProperty("omitted").GetInt32().ShouldBe(1);
        data.GetProperty("left_out").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(planks);
        text.ShouldContain($"\n(1 more did not fit into the tokens allowed: {planks})");
        var (tooSmall, nothing) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":1}""");
        nothing.GetProperty("omitted").GetInt32().ShouldBe(2);
        tooSmall.ShouldStartWith("(2 did not fit into the tokens allowed: ");
        tooSmall.ShouldContain(nothing.GetProperty("note").GetString()!);
    }

    [Fact]
    public async Task Recall_with_max_tokens_for_little_more_than_a_short_statement_shows_it_without_its_description()
    {
        var id = await server.StoreAsync(_ns, "The gangway is made of oak.");

        var (text, data) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":30}""");

        text.ShouldBe($"[{id}] The gangway is made of oak.");
        var memory = data.GetProperty("memories").EnumerateArray().ShouldHaveSingleItem();
        memory.GetProperty("content").GetString().ShouldBe("The gangway is made of oak.");
        memory.TryGetProperty("excerpt", out _).ShouldBeFalse();
        var (_, tooSmall) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":5}""");
        var needed = int.Parse(tooSmall.GetProperty("note").GetString()!.Split("the best needs ")[1].TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture);
        needed.ShouldBeInRange(6, 30);
        (await server.RecallAsync(_ns, $$"""{"query":"gangway","max_tokens":{{needed}}}""")).ShouldHaveSingleItem();
        (await server.RecallAsync(_ns, $$"""{"query":"gangway","max_tokens":{{needed - 1}}}""")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_with_max_tokens_for_the_statement_only_still_warns_of_what_it_replaced()
    {
        var old = await server.StoreAsync(_ns, "The gangway is made of oak.");
        await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"The gangway is made of steel."}""");

        var (text, _) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":35,"states":["superseded"]}""");

        text.ShouldBe($"[{old}] The gangway is made of oak. (SUPERSEDED)");
    }

    [Fact]
    public async Task Recall_with_max_tokens_smaller_than_the_best_result_shows_its_first_sentences_and_marks_them()
    {
        var id = await server.StoreAsync(_ns, "The gangway is long. It has planks. These are " + string.Join(' ', Enumerable.Repeat("planks", 200)) + ".");

        var (text, data) = await server.CallAsync("recall", _ns, """{"query":"gangway","max_tokens":60}""");

        var memory = data.GetProperty("memories").EnumerateArray().ShouldHaveSingleItem();
        memory.GetProperty("content").GetString().ShouldBe("The gangway is long. It has planks.");
        memory.GetProperty("excerpt").GetBoolean().ShouldBeTrue();
        text.ShouldStartWith($"[{id}] The gangway is long. It has planks. (fact, ");
        text.ShouldContain(", ONLY ITS BEGINNING");
        TokenCounter.Count(text).ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public async Task Recall_with_max_tokens_counts_tags_names_lineage_and_line_breaks_as_the_client_sees_them()
    {
        for (var i = 0; i < 20; i++)
        {
            var tags = string.Join(',', Enumerable.Range(0, i).Select(static t => $"\"rope, {t}\""));
            var old = await server.StoreAsync(_ns, $"gangway {i}\nof planks\n我们昨天在港口", $$""","source":"agent \"{{i}}\"","tags":[{{tags}}]""".Replace("\\\"", "'", StringComparison.Ordinal));
            await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"gangway {{i}}\nof steel\n昨天"}""");
        }

        foreach (var bound in (int[])[100, 200, 400, 800])
        {
            var (text, data) = await server.CallAsync("recall", _ns, $$"""{"query":"gangway","limit":50,"max_tokens":{{bound}}}""");
            var results = text[..text.IndexOf("\n(", StringComparison.Ordinal)];
            TokenCounter.Count(results).ShouldBeLessThanOrEqualTo(bound);
            TokenCounter.Count(results).ShouldBeGreaterThan(Math.Max(20, bound - 160));
            (data.GetProperty("memories").GetArrayLength() + data.GetProperty("left_out").GetArrayLength()).ShouldBe(20);
        }
    }

    [Fact]
    public async Task Recall_with_max_tokens_counts_the_explanation()
    {
        await server.StoreAsync(_ns, "The mast is plain.");

        (await server.RecallAsync(_ns, """{"query":"mast","max_tokens":60}""")).ShouldHaveSingleItem();
        (await server.RecallAsync(_ns, """{"query":"mast","max_tokens":60,"explain":true}""")).ShouldBeEmpty();
        (await server.RecallAsync(_ns, """{"query":"mast","max_tokens":400,"explain":true}""")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Recall_of_what_says_the_same_shows_it_once_and_names_the_others()
    {
        var ids = new List<string>();
        foreach (var content in new[] { "The crane is yellow", "the crane, yellow", "Crane is (yellow)" })
        {
            ids.Add(await server.StoreAsync(_ns, content));
        }

        await server.StoreAsync(_ns, "The crane isn't yellow");

        var (text, data) = await server.CallAsync("recall", _ns, """{"query":"yellow crane"}""");

        var memories = data.GetProperty("memories").EnumerateArray().ToArray();
        memories.Length.ShouldBe(2);
        var alike = memories[0].GetProperty("alike").EnumerateArray().Select(static a => a.GetString()!).ToArray();
        alike.Append(memories[0].GetProperty("id").GetString()!).ShouldBe(ids, ignoreOrder: true);
        memories[1].TryGetProperty("alike", out _).ShouldBeFalse();
        text.ShouldContain($"; the same as {alike[0]}, {alike[1]})");
    }
}
