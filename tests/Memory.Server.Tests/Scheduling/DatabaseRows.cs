using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Scheduling;

/// <summary>What stands in a database that a server process is using.</summary>
internal static class DatabaseRows
{
    /// <summary>The first column of each row, as text.</summary>
    public static async Task<string[]> QueryAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return [.. rows];
    }
}
