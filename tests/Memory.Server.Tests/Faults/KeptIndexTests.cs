using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Faults;

public sealed class KeptIndexTests
{
    // A few more than the fewest of which an index is kept.
    private const int Memories = 5_100;

    [Fact]
    public async Task Server_of_many_memories_keeps_its_index_though_it_was_killed_amid_that_and_forgetting_takes_it_along()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await FillAsync(database);

        await using (var killed = await ServerProcess.ServeAsync(database))
        {
            await killed.RecallAsync("harbor");
            await UntilAsync(database, "SELECT count(*) FROM index_parts");
            await killed.KillAsync();
        }

        await using (var keeping = await ServerProcess.ServeAsync(database))
        {
            (await keeping.RecallAsync("Who drinks zanzibarkestrel tea?", limit: 1)).ShouldBe(["Mara drinks zanzibarkestrel tea."]);
            await UntilAsync(database, "SELECT count(*) FROM index_snapshots WHERE state = 'whole'");
            await keeping.KillAsync();
        }

        // What only a row says: a start from the rows would see it.
        Execute(database, "UPDATE memories SET importance = 0.1 WHERE content LIKE '%zanzibarkestrel%'");
        await using var server = await ServerProcess.ServeAsync(database, "--log-level", "Information");
        await server.WhenLoggedAsync($"The index is ready: {Memories} memories");
        var found = (await server.CallAsync("recall", """{"query":"zanzibarkestrel","explain":true,"limit":1}""")).GetProperty("structuredContent").GetProperty("memories")[0];
        found.GetProperty("explain").GetProperty("importance").GetDouble().ShouldBe(0.5, 0.01);

        (await server.CallAsync("forget", $$"""{"id":"{{found.GetProperty("id").GetString()}}","confirm":true}"""))
            .GetProperty("structuredContent").GetProperty("forgotten").GetArrayLength().ShouldBe(1);

        (await server.RecallAsync("zanzibarkestrel")).ShouldBeEmpty();
        Scalar(database, "SELECT count(*) FROM index_parts").ShouldBe(0);
    }

    private static async Task FillAsync(string database)
    {
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        await using var memories = new MemoryService(store, TimeProvider.System, new Random(1), embeddings: new EmbeddingSource(StaticEmbedder.DefaultPath));
        var texts = Enumerable.Range(1, Memories - 1).Select(static n => $"Note {n}: the harbor of dock {n % 97} opens at pier {n}.").Append("Mara drinks zanzibarkestrel tea.");
        foreach (var batch in texts.Chunk(MemoryService.MaxBatch))
        {
            (await memories.StoreAsync(Namespace.Default, [.. batch.Select(static t => new NewMemory { Content = t })])).Succeeded.ShouldBeTrue();
        }
    }

    private static async Task UntilAsync(string database, string count)
    {
        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        while (Scalar(database, count) == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static long Scalar(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
