using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class MigratorTests
{
    private static readonly Namespace Ns = Namespace.Default;

    public static TheoryData<int> OlderVersions => [.. Enumerable.Range(1, Migrator.CurrentVersion - 1)];

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public async Task Open_of_an_older_version_keeps_a_backup_of_it_and_loses_nothing(int version)
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        Create(database, version);

        await using (var store = new SqliteMemoryStore(database, TimeProvider.System))
        {
            (await SearchAsync(store, "harbor")).ShouldBe(["The harbor is up"]);
            (await SearchAsync(store, "港は")).ShouldBe(["港は開いている"]);
            await using (var memories = new MemoryService(store, TimeProvider.System, Random.Shared))
            {
                await memories.StoreAsync(Ns, [new NewMemory { Content = "The kettle is on", Source = "agent" }]);
            }

            (await SearchAsync(store, "kettle")).ShouldBe(["The kettle is on"]);
            (await store.HealthAsync()).Damage.ShouldBeNull();
            (await store.HealthAsync()).SchemaVersion.ShouldBe(Migrator.CurrentVersion);
        }

        var backup = Directory.GetFiles(database + ".backups").ShouldHaveSingleItem();
        Query(backup, "PRAGMA user_version").ShouldBe((long)version);
        Query(backup, "SELECT group_concat(content, '|' ORDER BY row) FROM memories").ShouldBe("The harbor is up|港は開いている");
    }

    private static Task<string[]> SearchAsync(SqliteMemoryStore store, string query) => store.ReadAsync(
        Ns, r => r.Search(LexicalQuery.Parse(query), new(), 5).Select(static m => m.Memory.Content).ToArray());

    private static void Create(string path, int version)
    {
        foreach (var name in Migrator.Scripts[..version])
        {
            Query(path, Migrator.Script(name));
        }

        Query(path, $"PRAGMA user_version = {version}; PRAGMA application_id = {DatabaseFile.ApplicationId}; INSERT INTO properties VALUES ('created_at', 0)");
        foreach (var (row, content) in new[] { (1, "The harbor is up"), (2, "港は開いている") })
        {
            Query(path, $"""
                INSERT INTO memories (row, id, namespace, identity_hash, statement_hash, kind, importance, source, state, confidence, confidence_at, created_at, updated_at, sequence, content, spread)
                VALUES ({row}, '00000000000{row}', 'default', {row}, {row}, 'fact', 0.5, 'agent', 'active', 0.75, 0, 0, 0, {row}, '{content}', {(UnspacedText.Spread(content) is { } spread ? $"'{spread}'" : "NULL")})
                """);
            if (version >= 11)
            {
                // No triggers any more: whoever writes puts it into the indexes.
                Query(path, $"""
                    INSERT INTO memory_words (rowid, content) VALUES ({row}, '{content}');
                    INSERT INTO memory_trigrams (rowid, spread) SELECT row, spread FROM memories WHERE row = {row} AND spread IS NOT NULL
                    """);
            }
        }
    }

    private static object? Query(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWriteCreate;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
