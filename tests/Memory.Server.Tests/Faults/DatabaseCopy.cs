using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Faults;

/// <summary>A copy of a database as it lies on the disk, log included, looked at with SQLite alone and none of our code.</summary>
internal sealed class DatabaseCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _connection;

    /// <summary>Copies the file. No server may be writing to it.</summary>
    public DatabaseCopy(string database)
    {
        var copy = _folder.File("copy.db");
        File.Copy(database, copy);
        if (File.Exists(database + "-wal"))
        {
            File.Copy(database + "-wal", copy + "-wal");
        }

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        _connection.Open();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>The content of every memory by its id.</summary>
    public Dictionary<string, string> Contents() =>
        Query("SELECT id, content FROM memories", static r => (Id: r.GetString(0), Content: r.GetString(1))).ToDictionary(static m => m.Id, static m => m.Content);

    /// <summary>The pages are sound, rows refer to rows that exist, and both full-text indexes hold exactly the words of the rows.</summary>
    public void ShouldBeSound()
    {
        Query("PRAGMA integrity_check", static r => r.GetString(0)).ShouldBe(["ok"]);
        Query("PRAGMA foreign_key_check", static r => r.GetString(0)).ShouldBeEmpty();
        Query("INSERT INTO memory_words (memory_words, rank) VALUES ('integrity-check', 1)", static _ => 0).ShouldBeEmpty();
        Query("INSERT INTO memory_trigrams (memory_trigrams, rank) VALUES ('integrity-check', 1)", static _ => 0).ShouldBeEmpty();
        Count("SELECT count(*) FROM memory_words_docsize").ShouldBe(Count("SELECT count(*) FROM memories"));
        Count("SELECT count(*) FROM memory_trigrams_docsize").ShouldBe(Count("SELECT count(*) FROM memories WHERE spread IS NOT NULL"));
    }

    /// <summary>Every memory is active or archived, or was merged into or superseded by one that is, directly or by steps.</summary>
    public void ShouldReachEveryMemory() => Query(
        """
        WITH RECURSIVE reached (row) AS (
          SELECT row FROM memories WHERE state IN ('active', 'archived')
          UNION SELECT from_memory FROM links JOIN reached ON to_memory = reached.row WHERE kind IN ('merged_into', 'superseded_by'))
        SELECT content FROM memories WHERE row NOT IN reached
        """,
        static r => r.GetString(0)).ShouldBeEmpty();

    public long Count(string sql) => Query(sql, static r => r.GetInt64(0)).Single();

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }
}
