using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// One open connection and its prepared statements. Used by one thread at a time.
/// Statements are constants of this folder; values travel only as the parameters <c>?1</c>, <c>?2</c>, ...
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _queries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection { get; } = connection;

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <remarks>A store runs a dozen small statements: they go to SQLite directly, without the objects that a command of the provider makes for each run.</remarks>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            while (Step(statement))
            {
            }

            return raw.sqlite3_changes(Connection.Handle);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var reader = QueryOf(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Shows each row as SQLite has it, for callers that read columns without copies.</summary>
    public void Visit(string sql, Action<sqlite3_stmt> visit, params ReadOnlySpan<object?> values)
    {
        using var reader = QueryOf(sql, values).ExecuteReader();
        while (reader.Read())
        {
            visit(reader.Handle!);
        }
    }

    /// <summary>The number in the first column of the first row; 0 when there is none.</summary>
    public long Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            var value = Step(statement) ? raw.sqlite3_column_int64(statement, 0) : 0;

            // What a statement writes is whole only once it was run to its end.
            while (Step(statement))
            {
            }

            return value;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Dispose()
    {
        foreach (var command in _queries.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _commands.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }

    private SqliteCommand QueryOf(string sql, ReadOnlySpan<object?> values)
    {
        if (!_queries.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }

            _queries.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var statement))
        {
            // Kept only once it is prepared: after a failure the next use tries again.
            Require(raw.sqlite3_prepare_v3(Connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _commands.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
        {
            Require(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                double number => raw.sqlite3_bind_double(statement, i + 1, number),
                float number => raw.sqlite3_bind_double(statement, i + 1, number),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                var other => throw new ArgumentException($"A {other.GetType()} is no value of SQLite."),
            });
        }

        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Require(code);
        }

        return code == raw.SQLITE_ROW;
    }

    private void Require(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(Connection.Handle).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(Connection.Handle));
        }
    }
}
