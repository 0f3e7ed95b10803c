using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Tools;

public sealed class StatusToolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Fact]
    public async Task Status_of_an_empty_namespace_says_so()
    {
        var (text, data) = await server.CallAsync("status", _ns);

        data.GetProperty("namespace").GetString().ShouldBe(_ns);
        data.GetProperty("states").EnumerateObject().ShouldBeEmpty();
        data.GetProperty("kinds").EnumerateObject().ShouldBeEmpty();
        data.GetProperty("confidence_histogram").EnumerateArray().Select(static c => c.GetInt32()).ShouldBe(Enumerable.Repeat(0, 10));
        data.TryGetProperty("last_consolidation", out _).ShouldBeFalse();
        data.TryGetProperty("next_consolidation", out _).ShouldBeFalse();
        text.ShouldContain($"Namespace {_ns}: no memories; active by kind: none.");
        text.ShouldContain("Never consolidated. Next: not scheduled.");
    }

    [Fact]
    public async Task Status_counts_by_state_and_kind_and_confidence()
    {
        var old = await server.StoreAsync(_ns, "The lamp is red.", ""","source":"user" """);
        await server.CallAsync("update", _ns, $$"""{"id":"{{old}}","content":"The lamp is green.","source":"user"}""");
        await server.StoreAsync(_ns, "Buy oil.", ""","kind":"note" """);
        var wrong = await server.StoreAsync(_ns, "The lamp is a dog.");
        await server.CallAsync("feedback", _ns, $$"""{"id":"{{wrong}}","verdict":"refute"}""");

        var (text, data) = await server.CallAsync("status", _ns);

        data.GetProperty("states").GetRawText().ShouldBe("""{"active":3,"superseded":1}""");
        data.GetProperty("kinds").GetRawText().ShouldBe("""{"fact":2,"note":1}""");
        data.GetProperty("confidence_histogram").GetRawText().ShouldBe("[1,0,0,0,0,0,0,0,1,1]");
        text.ShouldContain("3 active, 1 superseded; active by kind: 2 fact, 1 note.");
        text.ShouldContain("1 0 0 0 0 0 0 0 1 1");
    }

    [Fact]
    public async Task Status_names_the_last_consolidation()
    {
        await server.StoreAsync(_ns, "The lamp is red.");
        await server.StoreAsync(_ns, "lamp is red");
        var run = (await server.CallAsync("consolidate", _ns)).Data.GetProperty("run").GetString()!;

        var (text, data) = await server.CallAsync("status", _ns);

        var last = data.GetProperty("last_consolidation");
        last.GetProperty("run").GetString().ShouldBe(run);
        last.GetProperty("state").GetString().ShouldBe("completed");
        last.GetProperty("merged").GetInt32().ShouldBe(1);
        last.GetProperty("rescored").GetInt32().ShouldBe(0);
        last.GetProperty("archived").GetInt32().ShouldBe(0);
        DateTimeOffset.Parse(last.GetProperty("started_at").GetString()!).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        text.ShouldContain($"Last consolidation: {run}, completed, 1 merged, 0 superseded, 0 contested, 0 rescored, 0 archived.");

        await server.CallAsync("consolidate", _ns, $$"""{"undo_run":"{{run}}"}""");
        (await server.CallAsync("status", _ns)).Data.GetProperty("last_consolidation").GetProperty("state").GetString().ShouldBe("undone");
    }

    [Fact]
    public async Task Status_tells_where_the_database_is_and_how_it_does()
    {
        var (text, data) = await server.CallAsync("status", _ns);

        var database = data.GetProperty("database");
        database.GetProperty("location").GetString().ShouldBe(server.Database);
        var onDisk = new FileInfo(server.Database).Length + new FileInfo(server.Database + "-wal").Length;
        database.GetProperty("size_bytes").GetInt64().ShouldBeInRange(onDisk / 2, onDisk * 2);
        database.GetProperty("schema_version").GetInt32().ShouldBe(13);
        data.GetProperty("healthy").GetBoolean().ShouldBeTrue();
        data.TryGetProperty("damage", out _).ShouldBeFalse();
        text.ShouldContain(server.Database);
        text.ShouldContain("healthy.\nMeaning: static/256/");
    }

    [Fact]
    public async Task Status_names_the_next_consolidation_when_there_is_a_schedule()
    {
        using var folder = new TemporaryFolder();
        await using var scheduled = ServerProcess.Start(["--db", folder.File("memory.db"), "--schedule", "0 30 4 * * ?", "--time-zone", "UTC", "--catch-up-delay", "86400"]);
        await scheduled.GreetAsync();

        var result = await scheduled.CallAsync("status");

        var next = DateTimeOffset.Parse(result.GetProperty("structuredContent").GetProperty("next_consolidation").GetString()!);
        next.TimeOfDay.ShouldBe(new TimeSpan(4, 30, 0));
        (next - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(-1), TimeSpan.FromDays(1));
        ServerProcess.Text(result).ShouldContain($"Next: {next:yyyy-MM-dd}T04:30:00Z.");
    }

    [Fact]
    public async Task Status_of_an_index_that_lost_a_word_is_not_healthy()
    {
        using var folder = new TemporaryFolder();
        await using var damaged = await ServerProcess.ServeAsync(folder.File("memory.db"));
        await damaged.StoreAsync("The index knows me.");
        await using (var connection = new SqliteConnection($"Data Source={folder.File("memory.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO memory_words (memory_words, rowid, content) VALUES ('delete', 1, 'The index knows me.')";
            await command.ExecuteNonQueryAsync();
        }

        var result = await damaged.CallAsync("status");

        var data = result.GetProperty("structuredContent");
        data.GetProperty("healthy").GetBoolean().ShouldBeFalse();
        data.GetProperty("damage").GetString().ShouldNotBeNullOrWhiteSpace();
        ServerProcess.Text(result).ShouldContain($"NOT HEALTHY. {data.GetProperty("damage").GetString()}");
    }
}
