namespace Memory.Server.Tests.Tools;

public sealed class ForgetToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Forget_by_id_erases_the_memory_and_its_earlier_versions()
    {
        var old = await server.StoreAsync(_ns, "The code is 1234.");
        var (_, updated) = await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"The code is 9876."}""");
        var id = updated.GetProperty("id").GetString()!;
        var other = await server.StoreAsync(_ns, "The door is blue.");

        var (text, data) = await server.CallAsync("forget", _ns, $$"""{"id":"{{id}}"}""");

        data.GetProperty("forgotten").EnumerateArray().Select(static i => i.GetString()!).Order().ShouldBe(new[] { id, old }.Order());
        text.ShouldBe($"Forgotten: {id}, {old}.");
        (await server.RecallAsync(_ns, """{"query":"code door","states":["active","superseded","merged","archived"]}"""))
            .ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(other);
    }

    [Fact]
    public async Task Forget_by_query_previews_first_and_erases_exactly_what_was_shown()
    {
        var shown = await server.StoreAsync(_ns, "Anna's phone is 555.");
        await server.StoreAsync(_ns, "Anna likes cake.");

        var (preview, previewed) = await server.CallAsync("forget", _ns, """{"query":"phone anna"}""");
        previewed.GetProperty("forgotten").GetArrayLength().ShouldBe(0);
        var item = previewed.GetProperty("preview").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("id").GetString().ShouldBe(shown);
        item.GetProperty("content").GetString().ShouldBe("Anna's phone is 555.");
        preview.ShouldContain($"[{shown}] Anna's phone is 555.");
        preview.ShouldContain("confirm: true");
        (await server.ContentsAsync(_ns)).Length.ShouldBe(2);

        await server.StoreAsync(_ns, "Anna's phone is 777, said later.");
        var (_, erased) = await server.CallAsync("forget", _ns, """{"query":"phone anna","confirm":true}""");

        erased.GetProperty("forgotten").EnumerateArray().Select(static i => i.GetString()).ShouldBe([shown]);
        erased.TryGetProperty("preview", out _).ShouldBeFalse();
        (await server.ContentsAsync(_ns)).Order().ShouldBe(["Anna likes cake.", "Anna's phone is 777, said later."]);
    }

    [Theory]
    [InlineData("soup")]
    [InlineData("coriander")]
    public async Task Forget_by_a_word_of_what_was_merged_shows_on_what_it_lives_and_erases_both(string word)
    {
        var ids = new[] { await server.StoreAsync(_ns, "Jonas cannot stand cilantro leaves in his soup."), await server.StoreAsync(_ns, "No coriander for Jonas.") };
        await MergeAsync(ids);

        var (_, previewed) = await server.CallAsync("forget", _ns, $$"""{"query":"{{word}}"}""");
        var (_, erased) = await server.CallAsync("forget", _ns, $$"""{"query":"{{word}}","confirm":true}""");

        previewed.GetProperty("preview").EnumerateArray().Select(static p => p.GetProperty("id").GetString()!).ShouldBe(ids, ignoreOrder: true);
        erased.GetProperty("forgotten").EnumerateArray().Select(static i => i.GetString()!).ShouldBe(ids, ignoreOrder: true);
    }

    [Theory]
    [InlineData("soup")]
    [InlineData("coriander")]
    public async Task Forget_of_what_was_merged_since_it_was_shown_is_refused(string word)
    {
        var ids = new[] { await server.StoreAsync(_ns, "Jonas cannot stand cilantro leaves in his soup."), await server.StoreAsync(_ns, "No coriander for Jonas.") };
        await server.CallAsync("forget", _ns, $$"""{"query":"{{word}}"}""");
        await MergeAsync(ids);

        var refused = await server.RefusedAsync("forget", _ns, $$"""{"query":"{{word}}","confirm":true}""");

        (refused.Contains("since it was shown", StringComparison.Ordinal) || refused.Contains("was merged into", StringComparison.Ordinal)).ShouldBeTrue(refused);
        (await server.ContentsAsync(_ns)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forget_of_what_superseded_another_statement_erases_it_alone_and_names_the_other(bool isByQuery)
    {
        var old = await server.StoreAsync(_ns, "Lena lives in Oslo.", ""","source":"user","occurred_at":"2024-01-01" """);
        var moved = await server.StoreAsync(_ns, "Lena moved to Bergen.", ""","source":"user","occurred_at":"2026-01-01" """);
        await server.CallAsync("consolidate", _ns, "{}");
        (await server.ContentsAsync(_ns)).ShouldBe(["Lena moved to Bergen."]);
        if (isByQuery)
        {
            var preview = (await server.CallAsync("forget", _ns, """{"query":"bergen"}""")).Data;
            preview.GetProperty("preview").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(moved);
        }

        var (text, data) = await server.CallAsync("forget", _ns, isByQuery ? """{"query":"bergen","confirm":true}""" : $$"""{"id":"{{moved}}"}""");

        data.GetProperty("forgotten").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(moved);
        data.GetProperty("reinstated").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(old);
        text.ShouldBe($"Forgotten: {moved}. Not superseded any more: {old}.");
        (await server.ContentsAsync(_ns)).ShouldBe(["Lena lives in Oslo."]);
    }

    [Fact]
    public async Task Forget_with_confirm_and_no_preview_is_refused()
    {
        await server.StoreAsync(_ns, "Keep me.");
        await server.CallAsync("forget", _ns, """{"query":"keep"}""");

        (await server.RefusedAsync("forget", _ns, """{"query":"keep me","confirm":true}""")).ShouldContain("no fresh preview");
        (await server.RefusedAsync("forget", server.NewNamespace(), """{"query":"keep","confirm":true}""")).ShouldContain("no fresh preview");
        (await server.ContentsAsync(_ns)).ShouldBe(["Keep me."]);
    }

    [Fact]
    public async Task Forget_with_confirm_false_only_previews()
    {
        await server.StoreAsync(_ns, "Keep me.");

        await server.CallAsync("forget", _ns, """{"query":"keep","confirm":false}""");
        await server.CallAsync("forget", _ns, """{"query":"keep","confirm":false}""");

        (await server.ContentsAsync(_ns)).ShouldBe(["Keep me."]);
    }

    [Fact]
    public async Task Forget_of_words_that_nothing_holds_says_so_and_cannot_be_confirmed()
    {
        var (text, data) = await server.CallAsync("forget", _ns, """{"query":"unheard"}""");

        text.ShouldContain("nothing would be forgotten");
        data.GetProperty("preview").GetArrayLength().ShouldBe(0);
        await server.RefusedAsync("forget", _ns, """{"query":"unheard","confirm":true}""");
    }

    [Theory]
    [InlineData("{}", "Give either 'id', or 'query'")]
    [InlineData("""{"id":"0123456789ab","query":"x"}""", "Give either 'id', or 'query'")]
    [InlineData("""{"query":"*"}""", "no word to search for")]
    public async Task Forget_of_neither_or_both_is_refused(string arguments, string because) =>
        (await server.RefusedAsync("forget", _ns, arguments)).ShouldContain(because);

    [Fact]
    public async Task Forget_twice_is_the_same_as_once()
    {
        var id = await server.StoreAsync(_ns, "Once.");
        await server.CallAsync("forget", _ns, $$"""{"id":"{{id}}"}""");

        var again = (await server.CallAsync("forget", _ns, $$"""{"id":"{{id}}"}""")).Data;
        again.GetProperty("forgotten")[0].GetString().ShouldBe(id);
        again.TryGetProperty("reinstated", out _).ShouldBeFalse();
        again.TryGetProperty("traces_remain", out _).ShouldBeFalse();
    }

    private async Task MergeAsync(string[] ids)
    {
        await server.CallAsync("feedback", _ns, $$"""{"id":"{{ids[0]}}","other":"{{ids[1]}}","verdict":"duplicate"}""");
        await server.CallAsync("consolidate", _ns, "{}");
        (await server.ContentsAsync(_ns)).ShouldHaveSingleItem();
    }
}
