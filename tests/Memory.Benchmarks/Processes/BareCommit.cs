using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Memory.Benchmarks.Processes;

/// <summary>What SQLite and the disk take for one row: a commit with write-ahead log and <c>synchronous=FULL</c>, in the folder of the store.</summary>
internal sealed class BareCommit : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public BareCommit(string folder)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bare.db"), Pooling = false }.ToString());
        _connection.Open();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, content TEXT NOT NULL)";
        _insert.ExecuteNonQuery();
        _insert.CommandText = "INSERT INTO rows (content) VALUES ($content)";
        _insert.Parameters.AddWithValue("$content", "");
    }

    /// <summary>Commits one row.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Commit(string content)
    {
        _insert.Parameters[0].Value = content;
        var began = Stopwatch.GetTimestamp();
        _insert.ExecuteNonQuery();
        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
