using System.Text;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>The row a statement stands on. Valid until the statement steps on; columns are counted from 0.</summary>
internal readonly struct Row(sqlite3_stmt statement)
{
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => checked((int)raw.sqlite3_column_int64(statement, column));

    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    public float GetFloat(int column) => (float)raw.sqlite3_column_double(statement, column);

    /// <summary>A text, whole where it holds a NUL.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
}
