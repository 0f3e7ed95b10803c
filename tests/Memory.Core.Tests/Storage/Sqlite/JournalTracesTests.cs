using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

/// <summary>What is removed of forgotten memories is told where they are forgotten; here, that it is found without reading the journal.</summary>
public sealed class JournalTracesTests
{
    [Theory]
    [InlineData(JournalTraces.RemoveEvidence, "journal_superseded_by", "journal_contested_with")]
    [InlineData(JournalTraces.RemoveTags, "journal_tags")]
    public async Task Remove_finds_its_lines_by_their_index(string statement, params string[] indexes)
    {
        using var folder = new TemporaryFolder();
        await using (var store = new SqliteMemoryStore(folder.File("memory.db"), TimeProvider.System))
        {
            await store.WriteAsync(Namespace.Default, static _ => true);
        }

        var plan = Plan(folder.File("memory.db"), statement);

        indexes.ShouldAllBe(index => plan.Any(step => step.Contains(index)));
        plan.ShouldNotContain("SCAN journal");
        plan.ShouldNotContain("SCAN memories");
    }

    [Fact]
    public async Task Open_takes_over_a_journal_with_a_line_that_is_no_json()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        Query(database, string.Concat(Migrator.Scripts[..11].Select(Migrator.Script)) + $$"""
            ;PRAGMA user_version = 11; PRAGMA application_id = {{DatabaseFile.ApplicationId}}; INSERT INTO properties VALUES ('created_at', 0);
            INSERT INTO memories (row, id, namespace, identity_hash, statement_hash, kind, importance, source, state, confidence, confidence_at, created_at, updated_at, sequence, content)
            VALUES (1, '000000000001', 'default', 1, 1, 'fact', 0.5, 'agent', 'active', 0.75, 0, 0, 0, 1, 'The harbor is up');
            INSERT INTO runs (id, namespace, scope, cause, state, holder, started_at, seen_sequence) VALUES ('r', 'default', 'full', 'request', 'completed', 'h', 0, 1);
            INSERT INTO journal (run, unit, memory, before, after, reason) VALUES ('r', 1, 1, '{"superseded_by":', '{"superseded_by":', '');
            """);

        await using var store = new SqliteMemoryStore(database, TimeProvider.System);

        (await store.ReadAsync(Namespace.Default, static r => r.Find(MemoryId.TryParse("000000000001", out var id) ? id : default)?.Content)).ShouldBe("The harbor is up");
    }

    private static List<string> Plan(string database, string statement) => Query(database, "EXPLAIN QUERY PLAN " + statement, 3);

    private static List<string> Query(string database, string sql, int column = 0)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("?1", "default");
        command.Parameters.AddWithValue("?2", """["000000000001"]""");
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(column));
        }

        return rows;
    }
}
