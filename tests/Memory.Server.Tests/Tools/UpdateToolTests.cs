namespace Memory.Server.Tests.Tools;

public sealed class UpdateToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Update_with_content_stores_a_new_memory_with_every_argument_and_keeps_the_old_in_lineage()
    {
        var old = await server.StoreAsync(_ns, "The ferry leaves at 7.", ""","kind":"fact","tags":["old"]""");

        var (text, data) = await server.CallAsync("update", _ns, $$"""
            {"id":"{{old}}","content":"The ferry leaves at 8.","kind":"procedure","tags":["new"],"importance":0.7,"source":"user","session":"s2","occurred_at":"2026-04-01"}
            """);

        var id = data.GetProperty("id").GetString()!;
        id.ShouldNotBe(old);
        data.GetProperty("replaced").GetString().ShouldBe(old);
        data.GetProperty("confidence").GetDouble().ShouldBe(0.91, 0.01);
        text.ShouldBe($"Stored {id}; it supersedes {old}, which is kept in lineage.");
        var memory = (await server.RecallAsync(_ns)).ShouldHaveSingleItem();
        memory.GetProperty("id").GetString().ShouldBe(id);
        memory.GetProperty("content").GetString().ShouldBe("The ferry leaves at 8.");
        memory.GetProperty("kind").GetString().ShouldBe("procedure");
        memory.GetProperty("tags").EnumerateArray().Select(static t => t.GetString()).ShouldBe(["new"]);
        memory.GetProperty("importance").GetDouble().ShouldBe(0.7);
        memory.GetProperty("source").GetString().ShouldBe("user");
        memory.GetProperty("session").GetString().ShouldBe("s2");
        memory.GetProperty("when").GetString().ShouldBe("2026-04-01T00:00:00Z");
        (await server.ContentsAsync(_ns, """{"states":["superseded"]}""")).ShouldBe(["The ferry leaves at 7."]);
    }

    [Theory]
    [InlineData("kind", "\"note\"", "note")]
    [InlineData("tags", "[\"b\"]", "[\"b\"]")]
    [InlineData("importance", "0.25", "0.25")]
    public async Task Update_without_content_changes_only_what_is_given(string argument, string value, string shown)
    {
        var id = await server.StoreAsync(_ns, "It stays.", ""","kind":"decision","tags":["a"],"importance":0.6""");

        var (text, data) = await server.CallAsync("update", _ns, $$"""{"id":"{{id}}","{{argument}}":{{value}}}""");

        text.ShouldBe($"Updated {id}.");
        data.GetProperty("id").GetString().ShouldBe(id);
        data.TryGetProperty("replaced", out _).ShouldBeFalse();
        var memory = (await server.RecallAsync(_ns)).ShouldHaveSingleItem();
        var before = new Dictionary<string, string> { ["content"] = "It stays.", ["kind"] = "decision", ["tags"] = "[\"a\"]", ["importance"] = "0.6" };
        before[argument] = shown;
        foreach (var (name, expected) in before)
        {
            memory.GetProperty(name).ToString().ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Update_of_the_time_alone_changes_when_it_happened()
    {
        var id = await server.StoreAsync(_ns, "The mast broke.", ""","kind":"event","occurred_at":"2026-04-01" """);

        await server.CallAsync("update", _ns, $$"""{"id":"{{id}}","occurred_at":"2026-04-02T10:00Z"}""");

        (await server.RecallAsync(_ns)).ShouldHaveSingleItem().GetProperty("when").GetString().ShouldBe("2026-04-02T10:00:00Z");
    }

    [Fact]
    public async Task Update_of_nothing_is_refused()
    {
        var id = await server.StoreAsync(_ns, "Unchanged.");

        (await server.RefusedAsync("update", _ns, $$"""{"id":"{{id}}"}""")).ShouldContain("Allowed: content, kind, tags, importance, occurred_at");
        (await server.RefusedAsync("update", _ns, """{"content":"Whose?"}""")).ShouldContain("id is missing");
    }

    [Theory]
    [InlineData(""" "kind":"note","source":"bob" """)]
    [InlineData(""" "kind":"note","session":"s9" """)]
    [InlineData(""" "session":"s9" """)]
    [InlineData(""" "content":"Unchanged.","source":"bob" """)]
    public async Task Update_with_source_or_session_and_no_new_content_is_refused(string change)
    {
        var id = await server.StoreAsync(_ns, "Unchanged.");

        (await server.RefusedAsync("update", _ns, $$"""{"id":"{{id}}",{{change}}}""")).ShouldContain("source and session go with new content only");

        (await server.RecallAsync(_ns)).Single().GetProperty("kind").GetString().ShouldBe("fact");
    }

    [Fact]
    public async Task Update_of_what_was_replaced_names_the_one_to_use()
    {
        var old = await server.StoreAsync(_ns, "The tide is high.");
        var (_, data) = await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"The tide is low."}""");

        (await server.RefusedAsync("update", _ns, $$"""{"id":"{{old}}","content":"The tide is gone."}"""))
            .ShouldContain($"Use '{data.GetProperty("id").GetString()}' instead");
        (await server.ContentsAsync(_ns)).ShouldBe(["The tide is low."]);
    }
}
