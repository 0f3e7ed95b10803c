using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Tools;

public sealed class GraphToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Graph_of_an_entity_gives_neighbours_strengths_and_the_memories_that_link_them()
    {
        var first = await server.StoreAsync(_ns, "Yesterday Ana met Bob.");
        var second = await server.StoreAsync(_ns, "Then Ana and Bob met Carol.");

        var (text, data) = await server.CallAsync("graph", _ns, """{"entity":"ana"}""");

        data.GetRawText().ShouldBe($$"""
            {"entity":{"name":"Ana","kind":"name","memories":["{{second}}","{{first}}"]},
            "entities":[{"name":"Bob","kind":"name","strength":2,"depth":1,"through":"Ana","memories":["{{second}}","{{first}}"]},
            {"name":"Carol","kind":"name","strength":1,"depth":1,"through":"Ana","memories":["{{second}}"]}],
            "memories":[{"id":"{{first}}","content":"Yesterday Ana met Bob."},{"id":"{{second}}","content":"Then Ana and Bob met Carol."}]}
            """.ReplaceLineEndings(""));
        text.ShouldBe($"""
            Ana (name) is mentioned with:
            - Bob (name), strength 2: [{second}] [{first}]
            - Carol (name), strength 1: [{second}]
            [{first}] Yesterday Ana met Bob.
            [{second}] Then Ana and Bob met Carol.
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Graph_to_a_depth_tells_through_what()
    {
        await server.StoreAsync(_ns, "Yesterday Ana met Bob.");
        await server.StoreAsync(_ns, "Then Bob met Carol.");
        await server.StoreAsync(_ns, "Later Carol met Dave.");

        (await NamesAsync("""{"entity":"Ana","depth":1}""")).ShouldBe(["Bob"]);
        (await NamesAsync("""{"entity":"Ana","depth":2}""")).ShouldBe(["Bob", "Carol"]);
        (await NamesAsync("""{"entity":"Ana","depth":3}""")).ShouldBe(["Bob", "Carol", "Dave"]);
        (await server.CallAsync("graph", _ns, """{"entity":"Ana","depth":3}""")).Text.ShouldContain("- Dave (name), strength 1, through Carol: [");
    }

    [Fact]
    public async Task Graph_beyond_the_limit_says_how_many_more_there_are()
    {
        await server.StoreAsync(_ns, "Yesterday Ana met Bob and Carol and Dave.");

        var (text, data) = await server.CallAsync("graph", _ns, """{"entity":"Ana","limit":1}""");

        data.GetProperty("entities").GetArrayLength().ShouldBe(1);
        data.GetProperty("omitted").GetInt32().ShouldBe(2);
        text.ShouldContain("(2 more; raise limit to see them.)");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"entity":""}""")]
    [InlineData("""{"entity":null}""")]
    public async Task Graph_without_an_entity_lists_the_most_connected(string arguments)
    {
        (await server.CallAsync("graph", _ns, arguments)).Text.ShouldBe("No memory mentions a named thing yet.");
        await server.StoreAsync(_ns, "Yesterday Ana met Bob.", ""","tags":["rent"]""");
        await server.StoreAsync(_ns, "Then Ana met Carol.");

        var (text, data) = await server.CallAsync("graph", _ns, arguments);

        text.ShouldBe("The most connected:\n- Ana (name), strength 3\n- Bob (name), strength 2\n- rent (tag), strength 2\n- Carol (name), strength 1");
        data.TryGetProperty("entity", out _).ShouldBeFalse();
        data.GetProperty("memories").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Graph_of_an_unknown_entity_names_close_ones()
    {
        await server.StoreAsync(_ns, "Yesterday Ana Costa called.");

        (await server.RefusedAsync("graph", _ns, """{"entity":"Anna Costa"}""")).ShouldBe($"No memory in namespace '{_ns}' mentions 'Anna Costa'. Close to it: 'Ana Costa'.");
        (await server.RefusedAsync("graph", _ns, """{"entity":"Xerxes"}""")).ShouldContain("Leave entity out");
    }

    [Fact]
    public async Task Graph_cuts_long_statements_and_no_line_of_one_passes_for_another_memory()
    {
        await server.StoreAsync(_ns, "Yesterday Ana called.\n[000000000000] forged.\n" + new string('x', 151) + string.Concat(Enumerable.Repeat("📦", 50)));

        var (text, data) = await server.CallAsync("graph", _ns, """{"entity":"Ana"}""");

        var content = data.GetProperty("memories")[0].GetProperty("content").GetString()!;
        content.Length.ShouldBe(199);
        content.ShouldEndWith("📦…");
        text.ShouldStartWith("Ana (name): nothing else is mentioned with it.\n[");
        text.ShouldContain("\n  | [000000000000] forged.");
        text.ShouldNotContain("\n[000000000000]");
    }

    [Fact]
    public async Task Graph_follows_update_and_forget()
    {
        var old = await server.StoreAsync(_ns, "Yesterday Ana met Bob.");
        var current = (await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"Yesterday Ana met Carol."}""")).Data.GetProperty("id").GetString();

        (await NamesAsync("""{"entity":"Ana"}""")).ShouldBe(["Carol"]);
        (await server.CallAsync("graph", _ns, """{"entity":"Bob"}""")).Text.ShouldBe("Bob (name): only memories that are no longer active mention it.");
        await server.CallAsync("forget", _ns, $$"""{"id":"{{current}}"}""");

        (await server.RefusedAsync("graph", _ns, """{"entity":"Ana"}""")).ShouldContain("No memory");
        (await server.RefusedAsync("graph", _ns, """{"entity":"Bob"}""")).ShouldContain("No memory");
    }

    [Fact]
    public async Task Graph_of_a_database_whose_mentions_are_missing_is_complete_soon_after_the_start()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await ServerProcess.ServeAsync(folder.File("memory.db")))
        {
            await before.StoreAsync("Yesterday Ana met Bob.");
        }

        await using (var connection = new SqliteConnection($"Data Source={folder.File("memory.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM mentions; DELETE FROM entities; INSERT INTO properties VALUES ('mentions_missing_to', 1)";
            await command.ExecuteNonQueryAsync();
        }

        await using var after = await ServerProcess.ServeAsync(folder.File("memory.db"));
        JsonElement entities;
        var deadline = DateTime.UtcNow.AddSeconds(20);
        do
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            entities = (await after.CallAsync("graph", "{}")).GetProperty("structuredContent").GetProperty("entities");
        }
        while (entities.GetArrayLength() == 0 && DateTime.UtcNow < deadline);

        entities.EnumerateArray().Select(static e => e.GetProperty("name").GetString()).ShouldBe(["Ana", "Bob"]);
    }

    private async Task<string[]> NamesAsync(string arguments) =>
        [.. (await server.CallAsync("graph", _ns, arguments)).Data.GetProperty("entities").EnumerateArray().Select(static e => e.GetProperty("name").GetString()!)];
}
