using System.Text.Json;
using Memory.Server.Tests.Commands;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Faults;

public sealed class ConsolidationKillTests(UnconsolidatedStore store) : IClassFixture<UnconsolidatedStore>
{
    // A kill that comes when the run is over proves nothing; on a busy machine another try may be needed.
    private const int Tries = 5;

    // Progress counts 100 a stage: 0 is the beginning of the scan, 225 a quarter of the merges.
    [Theory]
    [InlineData(0, "scan")]
    [InlineData(100, "deduplicate")]
    [InlineData(200, "merge")]
    [InlineData(225, "merge")]
    [InlineData(275, "merge")]
    [InlineData(300, "resolve contradictions")]
    [InlineData(400, "confidence")]
    [InlineData(450, "confidence")]
    [InlineData(500, "archive")]
    [InlineData(550, "archive")]
    [InlineData(600, "verify")]
    [InlineData(700, "report")]
    public async Task Kill_amid_consolidation_leaves_a_valid_store_and_the_next_run_finishes(int progress, string stage)
    {
        using var folder = new TemporaryFolder();
        var database = await KillAmidRunAsync(folder, progress, stage);
        using (var killed = new DatabaseCopy(database))
        {
            killed.ShouldBeSound();
            killed.ShouldReachEveryMemory();
            killed.Contents().Values.Order(StringComparer.Ordinal).ShouldBe(store.Consolidated.Select(static m => m.Content).Order(StringComparer.Ordinal));
        }

        (await ConsolidateAsync(database)).GetProperty("state").GetString().ShouldBe("completed");
        var again = await ConsolidateAsync(database);
        foreach (var count in new[] { "merged", "superseded", "contested", "rescored", "archived" })
        {
            again.GetProperty(count).GetInt32().ShouldBe(0, count);
        }

        using var finished = new DatabaseCopy(database);
        finished.ShouldBeSound();
        ShouldBeConsolidated(StoredState.Of(finished));
        finished.Query("SELECT state FROM runs ORDER BY started_at, id", static r => r.GetString(0)).Order().ShouldBe(["completed", "completed", "interrupted"]);
    }

    [Fact]
    public async Task Undo_of_a_killed_run_puts_back_exactly_what_it_had_done()
    {
        using var folder = new TemporaryFolder();
        using var original = new DatabaseCopy(store.CopyTo(folder.Path, "original.db"));
        var database = await KillAmidRunAsync(folder, 450, "confidence");
        var run = (await AnswerAsync(database, "status")).GetProperty("last_consolidation").GetProperty("run").GetString()!;
        var undone = await AnswerAsync(database, "undo", run);
        undone.GetProperty("restored").GetInt32().ShouldBeGreaterThan(UnconsolidatedStore.Clusters * 3);
        undone.GetProperty("refused").GetArrayLength().ShouldBe(0);

        using var restored = new DatabaseCopy(database);
        restored.ShouldBeSound();
        StoredState.Of(restored).ShouldBe(StoredState.Of(original));
    }

    [Fact]
    public async Task Kill_amid_an_undo_leaves_a_valid_store_and_undoing_again_finishes()
    {
        using var folder = new TemporaryFolder();
        using var original = new DatabaseCopy(store.CopyTo(folder.Path, "original.db"));
        var (database, run) = await KillAmidUndoAsync(folder);
        using (var killed = new DatabaseCopy(database))
        {
            killed.ShouldBeSound();
            killed.ShouldReachEveryMemory();
        }

        (await AnswerAsync(database, "undo", run)).GetProperty("refused").GetArrayLength().ShouldBe(0);

        using var restored = new DatabaseCopy(database);
        restored.ShouldBeSound();
        StoredState.Of(restored).ShouldBe(StoredState.Of(original));
    }

    private async Task<(string Database, string Run)> KillAmidUndoAsync(TemporaryFolder folder)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var database = store.CopyTo(folder.Path, $"{attempt}.db");
            await using var server = await ServerProcess.ServeAsync(database);
            var run = (await ConsolidateAsync(server)).GetProperty("run").GetString()!;
            await server.PostAsync("consolidate", $$"""{"undo_run":"{{run}}"}""");
            using (var watched = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString()))
            {
                watched.Open();
                while (Undone(watched) == 0)
                {
                    await Task.Yield();
                }

                await server.KillAsync();
            }

            using var killed = new DatabaseCopy(database);
            if (killed.Query("SELECT state FROM runs", static r => r.GetString(0)) is not ["undone"])
            {
                return (database, run);
            }
        }

        throw new InvalidOperationException($"The undo was over before the kill, {Tries} times.");
    }

    private static long Undone(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM journal WHERE undone = 1";
        return (long)command.ExecuteScalar()!;
    }

    private async Task<string> KillAmidRunAsync(TemporaryFolder folder, int progress, string stage)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var database = store.CopyTo(folder.Path, $"{attempt}.db");
            await using var server = await ServerProcess.ServeAsync(database);
            await server.SendLineAsync("""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"consolidate","_meta":{"progressToken":"p"}}}""");
            while (await server.ReadAsync() is { } message && message.TryGetProperty("method", out _))
            {
                var reported = message.GetProperty("params");
                if (reported.GetProperty("progress").GetDouble() >= progress)
                {
                    await server.KillAsync();
                    reported.GetProperty("message").GetString()!.ShouldStartWith(stage);
                    break;
                }
            }

            await server.KillAsync();
            using var killed = new DatabaseCopy(database);
            if (killed.Query("SELECT state FROM runs", static r => r.GetString(0)) is ["running"])
            {
                return database;
            }
        }

        throw new InvalidOperationException($"The run was over before the kill, {Tries} times.");
    }

    private void ShouldBeConsolidated(IReadOnlyList<StoredState> found)
    {
        // Some seconds lie between the two runs, and confidence falls with time.
        static StoredState WithoutConfidence(StoredState state) => state with { Confidence = 0 };
        found.Select(WithoutConfidence).ShouldBe(store.Consolidated.Select(WithoutConfidence));
        found.Select(static m => m.Confidence).ShouldBe(store.Consolidated.Select(static m => m.Confidence), tolerance: 0.001);
    }

    private static async Task<JsonElement> ConsolidateAsync(ServerProcess server)
    {
        var result = await server.CallAsync("consolidate");
        result.TryGetProperty("structuredContent", out var report).ShouldBeTrue(result.ToString());
        return report;
    }

    private static Task<JsonElement> ConsolidateAsync(string database) => AnswerAsync(database, "consolidate");

    // What was killed is the executable; who takes up what it left may be this process.
    private static async Task<JsonElement> AnswerAsync(string database, params string[] arguments) =>
        (await CommandFixture.InProcessOnAsync(database, [.. arguments, "--json"])).ShouldEnd(0).Json;
}
