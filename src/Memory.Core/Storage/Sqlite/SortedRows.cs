using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Rows of a table in the order of the memories they belong to, read along while the memories come in that order too: beside all memories that is one
/// walk through the table instead of a search for each.
/// </summary>
/// <param name="session">Whose statement it is; nobody else may run the same one meanwhile.</param>
/// <param name="statement">Yields the number of a memory first, in rising order from its <c>?1</c> on.</param>
internal sealed class SortedRows(SqliteSession session, sqlite3_stmt statement) : IDisposable
{
    // What is no farther is walked to; for the rest the tree is searched.
    private const int NearRows = 8;

    private long _memory = long.MinValue;

    /// <summary>The row on which <see cref="MoveTo"/> or <see cref="MoveOn"/> came to stand.</summary>
    public sqlite3_stmt Current => statement;

    /// <summary>Moves to the first row of a memory, which must not come before the last one that was moved to.</summary>
    /// <returns>Whether it has one.</returns>
    public bool MoveTo(long memory)
    {
        if (_memory == long.MinValue)
        {
            Search(memory);
        }

        for (var walked = 0; _memory < memory; walked++)
        {
            if (walked == NearRows)
            {
                Search(memory);
                break;
            }

            Step();
        }

        return _memory == memory;
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether it is of the same memory.</returns>
    public bool MoveOn()
    {
        var memory = _memory;
        Step();
        return _memory == memory;
    }

    /// <summary>Gives the statement back.</summary>
    public void Dispose() => SqliteSession.Release(statement);

    private void Search(long memory)
    {
        _ = raw.sqlite3_reset(statement);
        session.Require(raw.sqlite3_bind_int64(statement, 1, memory));
        Step();
    }

    private void Step() => _memory = session.Step(statement) ? raw.sqlite3_column_int64(statement, 0) : long.MaxValue;
}
