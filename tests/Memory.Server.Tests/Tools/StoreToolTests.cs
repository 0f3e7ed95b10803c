using System.Text.Json;

namespace Memory.Server.Tests.Tools;

public sealed class StoreToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Store_keeps_every_argument()
    {
        var id = await server.StoreAsync(_ns, "Ana moved the deploy to Friday.",
            ""","kind":"decision","tags":["release","ana"],"importance":0.9,"source":"user","session":"monday","occurred_at":"2026-03-02T10:30:00+02:00" """);

        var memory = (await server.RecallAsync(_ns)).ShouldHaveSingleItem();
        memory.GetProperty("id").GetString().ShouldBe(id);
        memory.GetProperty("content").GetString().ShouldBe("Ana moved the deploy to Friday.");
        memory.GetProperty("kind").GetString().ShouldBe("decision");
        memory.GetProperty("tags").EnumerateArray().Select(static t => t.GetString()).ShouldBe(["ana", "release"]);
        memory.GetProperty("importance").GetDouble().ShouldBe(0.9);
        memory.GetProperty("source").GetString().ShouldBe("user");
        memory.GetProperty("session").GetString().ShouldBe("monday");
        memory.GetProperty("when").GetString().ShouldBe("2026-03-02T08:30:00Z");
    }

    [Fact]
    public async Task Store_of_content_alone_uses_the_defaults_of_the_description()
    {
        await server.StoreAsync(_ns, "Harbor runs on PostgreSQL.");

        var memory = (await server.RecallAsync(_ns)).ShouldHaveSingleItem();
        memory.GetProperty("kind").GetString().ShouldBe("fact");
        memory.GetProperty("tags").GetArrayLength().ShouldBe(0);
        memory.GetProperty("importance").GetDouble().ShouldBe(0.5);
        memory.GetProperty("source").GetString().ShouldBe("agent");
        memory.TryGetProperty("session", out _).ShouldBeFalse();
        DateTimeOffset.Parse(memory.GetProperty("when").GetString()!).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Store_of_a_credential_redacts_it_and_says_so_in_data_and_text()
    {
        const string Token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

        var (text, data) = await server.CallAsync("store", _ns, $$"""{"content":"Deploy \u001b[31mwith\u001b[0m {{Token}}."}""");

        var notes = data.GetProperty("memories")[0].GetProperty("notes").EnumerateArray().Select(static n => n.GetString()!).ToArray();
        notes.Length.ShouldBe(2);
        notes[0].ShouldContain("cannot be seen");
        notes[1].ShouldContain("GitHub token");
        notes.ShouldAllBe(n => text.Contains(n, StringComparison.Ordinal));
        (await server.ContentsAsync(_ns)).ShouldBe(["Deploy with [redacted: GitHub token]."]);
    }

    [Fact]
    public async Task Store_with_nulls_is_the_same_as_leaving_out()
    {
        await server.StoreAsync(_ns, "Nulls are nothing.",
            ""","kind":null,"tags":null,"importance":null,"source":null,"session":null,"occurred_at":null,"memories":null""");

        (await server.ContentsAsync(_ns)).ShouldBe(["Nulls are nothing."]);
    }

    [Fact]
    public async Task Store_answers_id_status_and_confidence_in_data_and_text()
    {
        var (text, data) = await server.CallAsync("store", _ns, """{"content":"The build takes four minutes.","source":"user"}""");

        var stored = data.GetProperty("memories")[0];
        stored.GetProperty("status").GetString().ShouldBe("new");
        stored.GetProperty("confidence").GetDouble().ShouldBe(0.91, 0.01);
        stored.TryGetProperty("resembles", out _).ShouldBeFalse();
        text.ShouldBe($"Stored {stored.GetProperty("id").GetString()} (confidence 0.91).");
    }

    [Fact]
    public async Task Store_of_the_same_text_in_other_dress_corroborates()
    {
        var id = await server.StoreAsync(_ns, "The API listens on port 8080");

        var (text, data) = await server.CallAsync("store", _ns, """{"content":"  the api  listens on PORT ８０８０. ","source":"user","tags":["net"]}""");

        var stored = data.GetProperty("memories")[0];
        stored.GetProperty("id").GetString().ShouldBe(id);
        stored.GetProperty("status").GetString().ShouldBe("corroborated");
        stored.GetProperty("confidence").GetDouble().ShouldBeGreaterThan(0.91);
        text.ShouldStartWith($"Corroborated {id}, there as fact (confidence ");
        var memory = (await server.RecallAsync(_ns)).ShouldHaveSingleItem();
        memory.GetProperty("content").GetString().ShouldBe("The API listens on port 8080");
        memory.GetProperty("tags")[0].GetString().ShouldBe("net");
    }

    [Fact]
    public async Task Store_again_raises_confidence_for_another_source_and_not_within_one_session()
    {
        await server.StoreAsync(_ns, "Lisbon has trams.", ""","source":"helper","session":"one" """);

        var repeated = await ConfidenceOfStoringAsync("helper", "one");
        var independent = await ConfidenceOfStoringAsync("document:guide", "two");

        repeated.ShouldBe(0.85, 0.01);
        independent.ShouldBeGreaterThan(repeated + 0.05);
    }

    [Fact]
    public async Task Store_names_up_to_three_memories_that_resemble()
    {
        string[] sizes = ["ten", "twenty", "thirty", "forty"];
        foreach (var size in sizes)
        {
            await server.StoreAsync(_ns, $"Harbor keeps {size} nightly backups on the second server.");
        }

        var (text, data) = await server.CallAsync("store", _ns, """{"content":"Harbor keeps fifty nightly backups on the second server."}""");

        var resembles = data.GetProperty("memories")[0].GetProperty("resembles").EnumerateArray().ToArray();
        resembles.Length.ShouldBe(3);
        foreach (var alike in resembles)
        {
            alike.GetProperty("similarity").GetDouble().ShouldBeInRange(0.6, 0.99);
            text.ShouldContain($"resembles {alike.GetProperty("id").GetString()} ");
            text.ShouldContain(alike.GetProperty("content").GetString()!);
        }
    }

    [Fact]
    public async Task Store_of_something_else_resembles_nothing()
    {
        await server.StoreAsync(_ns, "Harbor keeps ten nightly backups on the second server.");

        var (_, data) = await server.CallAsync("store", _ns, """{"content":"Henrik prefers tea over coffee on Mondays."}""");

        data.GetProperty("memories")[0].TryGetProperty("resembles", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Store_of_a_batch_answers_in_order_and_what_stands_beside_it_are_defaults()
    {
        var (text, data) = await server.CallAsync("store", _ns, """
            {"memories":[{"content":"First of all."},{"content":"Second to none.","kind":"note","tags":["own"],"importance":0.1,"source":"me","session":"mine","occurred_at":"2026-01-01"}],
             "kind":"procedure","tags":["shared"],"importance":0.8,"source":"user","session":"common","occurred_at":"2026-02-02"}
            """);

        var ids = data.GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("id").GetString()!).ToArray();
        text.Split('\n').Length.ShouldBe(2);
        var memories = (await server.RecallAsync(_ns)).ToDictionary(static m => m.GetProperty("id").GetString()!);
        Describe(memories[ids[0]]).ShouldBe("First of all. procedure shared 0.8 user common 2026-02-02T00:00:00Z");
        Describe(memories[ids[1]]).ShouldBe("Second to none. note own 0.1 me mine 2026-01-01T00:00:00Z");
        (await server.ToolsAsync()).Single(static t => t.GetProperty("name").GetString() == "store").GetProperty("inputSchema").GetProperty("properties").GetProperty("memories")
            .GetProperty("description").GetString()!.ShouldEndWith("kind, tags, importance, source, session, occurred_at beside it are defaults for each.");
    }

    [Fact]
    public async Task Store_of_a_batch_with_one_wrong_statement_stores_none()
    {
        var refusal = await server.RefusedAsync("store", _ns, """{"memories":[{"content":"Good."},{"content":"Bad.","tags":["bell\u0007"]}]}""");

        refusal.ShouldContain("memories[1]");
        refusal.ShouldContain("U+0007");
        refusal.ShouldContain("Nothing was stored");
        (await server.ContentsAsync(_ns)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_takes_100_statements_and_refuses_101()
    {
        var refusal = await server.RefusedAsync("store", _ns, Batch(101));
        refusal.ShouldContain("101");
        refusal.ShouldContain("1 to 100");
        (await server.ContentsAsync(_ns)).ShouldBeEmpty();

        (await server.CallAsync("store", _ns, Batch(100))).Data.GetProperty("memories").GetArrayLength().ShouldBe(100);
    }

    [Theory]
    [InlineData("""{"content":"a","memories":[{"content":"b"}]}""", "exactly one")]
    [InlineData("""{"kind":"fact"}""", "'content' is missing")]
    [InlineData("""{"memories":[]}""", "1 to 100")]
    [InlineData("""{"memories":[{"kind":"fact"}]}""", "memories[0].content is missing")]
    [InlineData("""{"memories":[{"content":"a","namespace":"b"}]}""", "no 'memories[0].namespace'")]
    public async Task Store_of_neither_one_nor_a_batch_is_refused(string arguments, string because)
    {
        (await server.RefusedAsync("store", _ns, arguments)).ShouldContain(because);
        (await server.ContentsAsync(_ns)).ShouldBeEmpty();
    }

    private async Task<double> ConfidenceOfStoringAsync(string source, string session) =>
        (await server.CallAsync("store", _ns, $$"""{"content":"Lisbon has trams.","source":"{{source}}","session":"{{session}}"}"""))
            .Data.GetProperty("memories")[0].GetProperty("confidence").GetDouble();

    private static string Batch(int count) =>
        $$"""{"memories":[{{string.Join(',', Enumerable.Range(1, count).Select(static i => $$"""{"content":"Item {{i}}"}"""))}}]}""";

    private static string Describe(JsonElement memory) => string.Join(' ',
        memory.GetProperty("content").GetString(), memory.GetProperty("kind").GetString(), memory.GetProperty("tags")[0].GetString(), memory.GetProperty("importance").GetDouble(),
        memory.GetProperty("source").GetString(), memory.GetProperty("session").GetString(), memory.GetProperty("when").GetString());
}
