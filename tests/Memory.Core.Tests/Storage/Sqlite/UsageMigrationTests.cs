using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class UsageMigrationTests
{
    private static readonly string[] Before = ["001_initial", "002_vectors", "003_entities", "004_consolidation", "005_usage", "006_api_keys", "007_audit", "008_mentions_later"];

    [Fact]
    public async Task Usage_of_a_database_that_counted_content_alone_counts_its_tags_and_evidence_from_then_on()
    {
        using var folder = new TemporaryFolder();
        Create(folder.File("memory.db"));

        await using var store = new SqliteMemoryStore(folder.File("memory.db"), TimeProvider.System);

        (await store.ReadAsync(Namespace.Default, static r => r.Usage())).ShouldBe(new NamespaceUsage(2, 4 + 5 + (3 + 2) + (32 + 5) + (32 + 4 + 2 + 5 + 4)));
        (await store.ReadAsync(Named("plain"), static r => r.Usage())).ShouldBe(new NamespaceUsage(1, 5));
    }

    private static Namespace Named(string name) => Namespace.TryParse(name, out var ns) ? ns : throw new ArgumentException(name);

    // What the version before would hold.
    private static void Create(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadWriteCreate;Pooling=False");
        connection.Open();
        foreach (var name in Before)
        {
            using var script = new StreamReader(typeof(SqliteMemoryStore).Assembly.GetManifestResourceStream(name)!);
            Execute(script.ReadToEnd());
        }

        Execute($"PRAGMA user_version = {Before.Length}; PRAGMA application_id = {DatabaseFile.ApplicationId}; INSERT INTO properties VALUES ('created_at', 0)");
        foreach (var (row, ns, content) in new[] { (1, "default", "four"), (2, "default", "fives"), (3, "plain", "plain") })
        {
            Execute($"""
                INSERT INTO memories (row, id, namespace, identity_hash, statement_hash, kind, importance, source, state, confidence, confidence_at, created_at, updated_at, sequence, content)
                VALUES ({row}, '00000000000{row}', '{ns}', {row}, {row}, 'fact', 0.5, 'agent', 'active', 0.75, 0, 0, 0, {row}, '{content}')
                """);
        }

        Execute("""
            UPDATE sequence SET value = 3;
            INSERT INTO tags VALUES (1, 'old'), (2, 'ü');
            INSERT INTO evidence (memory, kind, source, session, at, note, statement) VALUES (1, 'asserted', 'agent', NULL, 0, NULL, NULL), (1, 'corroborated', 'user', 's1', 0, 'noted', 'Four');
            """);

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
