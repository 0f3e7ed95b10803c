namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Columns that hold what nothing can read or name, which their types allow: times before the year 1 or after 9999, and namespaces that have no name
/// as namespaces have. Only another program writes such.
/// </summary>
internal static class WrongValues
{
    // The same as Namespace.TryParse allows.
    private static string NoName(string column) => $"octet_length({column}) NOT BETWEEN 1 AND 64 OR {column} GLOB '*[^a-z0-9._-]*' OR {column} GLOB '[^a-z0-9]*'";

    private static string NoTime(string column) => $"{column} NOT BETWEEN {Rows.MinTime} AND {Rows.MaxTime}";

    private static string NoTimeOfStore(string column) => $"name IN ('created_at', 'last_night_at', 'audit_kept_from') AND {NoTime(column)}";

    /// <summary>Every column of times, with its table.</summary>
    public static IReadOnlyList<Column> Times { get; } =
    [
        .. Of(NoTime, "memories", "confidence_at", "created_at", "updated_at", "occurred_at", "valid_until"),
        .. Of(NoTime, "recalls", "last_at"),
        .. Of(NoTime, "evidence", "at"),
        .. Of(NoTime, "links", "at"),
        .. Of(NoTime, "runs", "started_at", "finished_at"),
        .. Of(NoTime, "pair_marks", "at"),
        .. Of(NoTime, "plans", "made_at"),
        .. Of(NoTime, "remembered_queries", "at"),
        .. Of(NoTime, "api_keys", "created_at", "expires_at", "revoked_at"),
        .. Of(NoTime, "audit", "at"),
        .. Of(NoTime, "leases", "acquired_at", "expires_at"),
        .. Of(NoTimeOfStore, "properties", "value"),
    ];

    /// <summary>Every column of namespaces, with its table; of audit it is what somebody asked for.</summary>
    public static IReadOnlyList<Column> Namespaces { get; } =
    [
        .. Of(NoName, "memories", "namespace"),
        .. Of(NoName, "entities", "namespace"),
        .. Of(NoName, "runs", "namespace"),
        .. Of(NoName, "plans", "namespace"),
        .. Of(NoName, "remembered_queries", "namespace"),
        .. Of(NoName, "usage", "namespace"),
        .. Of(NoName, "index_snapshots", "namespace"),
    ];

    private static IEnumerable<Column> Of(Func<string, string> wrong, string table, params string[] columns) =>
        columns.Select(c => new Column(table, c, $"SELECT count(*) FROM {table} WHERE {wrong(c)}"));

    /// <summary>One column.</summary>
    /// <param name="Table">Its table.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Counting">Counts the rows in which it is wrong.</param>
    public sealed record Column(string Table, string Name, string Counting);
}
