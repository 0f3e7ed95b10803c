using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// One open connection and its prepared statements. Used by one thread at a time.
/// Statements are constants of this folder; values travel only as the parameters <c>?1</c>, <c>?2</c>, ...
/// They go to SQLite directly: a store runs a dozen small ones, and a command of the provider makes a reader for each run and looks up each
/// parameter by its name.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private const int ShortText = 512;
    private readonly Dictionary<string, sqlite3_stmt> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection { get; } = connection;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <summary>Begins, ends or marks a transaction; nothing of it is kept prepared.</summary>
    public void Control(string sql) => Require(raw.sqlite3_exec(Connection.Handle, sql));

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>How many rows it changed; of a statement that changes none the number has no meaning.</returns>
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
            Release(statement);
        }
    }

    /// <summary>Reads every row.</summary>
    /// <exception cref="MemoryStoreException">A row holds what cannot be read.</exception>
    public List<T> Query<T>(string sql, Func<Row, T> map, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            var row = new Row(statement);
            var rows = new List<T>();
            while (Step(statement))
            {
                rows.Add(map(row));
            }

            return rows;
        }
        catch (Exception error) when (DamagedRow.IsSign(error))
        {
            throw DamagedRow.Explain(error);
        }
        finally
        {
            Release(statement);
        }
    }

    /// <summary>Shows each row as SQLite has it, for callers that read columns without copies.</summary>
    public void Visit(string sql, Action<sqlite3_stmt> visit, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        try
        {
            while (Step(statement))
            {
                visit(statement);
            }
        }
        finally
        {
            Release(statement);
        }
    }

    /// <summary>Begins to read rows along with memories, which come in the order of their numbers.</summary>
    /// <param name="sql">Yields the number of a memory first, in rising order from <c>?1</c> on.</param>
    public SortedRows ReadAlong(string sql) => new(this, Bind(sql, []));

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
            Release(statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            // Kept only once it is prepared: after a failure the next use tries again.
            Require(raw.sqlite3_prepare_v3(Connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _prepared.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
        {
            Require(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => BindText(statement, i + 1, text),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                double number => raw.sqlite3_bind_double(statement, i + 1, number),
                float number => raw.sqlite3_bind_double(statement, i + 1, number),
                byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, i + 1, 0),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes.Span),
                var other => throw new ArgumentException($"A {other.GetType()} is no value of SQLite."),
            });
        }

        return statement;
    }

    private static int BindText(sqlite3_stmt statement, int index, string text)
    {
        if (text.Length is 0 or > ShortText)
        {
            return text.Length == 0 ? raw.sqlite3_bind_text(statement, index, string.Empty) : raw.sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(text));
        }

        Span<byte> utf8 = stackalloc byte[3 * ShortText];
        return raw.sqlite3_bind_text(statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Moves a statement to its next row.</summary>
    internal bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Require(code);
        }

        return code == raw.SQLITE_ROW;
    }

    // A statement that stands on a row keeps its snapshot open; one that remembers its values keeps what was perhaps forgotten.
    internal static void Release(sqlite3_stmt statement)
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
    }

    /// <summary>Throws what went wrong, if anything did.</summary>
    internal void Require(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(Connection.Handle).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(Connection.Handle));
        }
    }
}
