using Microsoft.Data.Sqlite;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Finds the tables, indexes and triggers of the schema that somebody has dropped, and makes those again that hold nothing of their own. A table that
/// held rows is not made empty: that would hide what is lost.
/// </summary>
internal static class SchemaObjects
{
    private const string All = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'trigger', type = 'index', name";
    private static readonly string[] FullText = ["memory_words", "memory_trigrams"];

    /// <summary>What is missing, each a finding.</summary>
    /// <param name="session">A connection within a transaction that writes.</param>
    /// <param name="repair">Whether to make it again.</param>
    /// <param name="isWhole">Whether all tables are there now, so that the other checks can look at them.</param>
    public static IEnumerable<Finding> Examine(SqliteSession session, bool repair, out bool isWhole)
    {
        var there = session.Query(All, static r => r.GetString(1)).ToHashSet(StringComparer.Ordinal);
        var missing = Expected().Where(o => !there.Contains(o.Name) && !IsPartOfIndex(o.Name)).ToList();
        var canRepair = !missing.Exists(IsRows);
        if (repair && canRepair)
        {
            foreach (var made in missing)
            {
                Migrator.Run(session, made.Sql);
                if (made.Type == "table")
                {
                    session.Execute(made.Name == FullText[0] ? "INSERT INTO memory_words (memory_words) VALUES ('rebuild')" : "INSERT INTO memory_trigrams (memory_trigrams) VALUES ('rebuild')");
                }
            }
        }

        isWhole = !missing.Exists(static o => o.Type == "table") || (repair && canRepair);
        return missing.Select(o => new Finding(
            "schema", $"The {o.Type} '{o.Name}' is missing.{(IsRows(o) ? " What it held is lost with it; the latest backup has it." : "")}", CanRepair: canRepair, IsRepaired: repair && canRepair));
    }

    private static bool IsRows(SchemaObject missing) => missing.Type == "table" && !FullText.Contains(missing.Name, StringComparer.Ordinal);

    // FTS5 keeps an index in tables of its own, which come and go with it.
    private static bool IsPartOfIndex(string name) => FullText.Any(f => name.Length > f.Length && name.StartsWith(f + "_", StringComparison.Ordinal) && name.AsSpan(f.Length + 1) is "data" or "idx" or "content" or "docsize" or "config");

    private static List<SchemaObject> Expected()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var fresh = new SqliteSession(connection);
        foreach (var script in Migrator.Scripts)
        {
            Migrator.Run(fresh, Migrator.Script(script));
        }

        return fresh.Query(All, static r => new SchemaObject(r.GetString(0), r.GetString(1), r.GetString(2)));
    }

    private sealed record SchemaObject(string Type, string Name, string Sql);
}
