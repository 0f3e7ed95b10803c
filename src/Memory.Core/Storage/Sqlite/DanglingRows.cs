namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Rows that refer to a row that is missing. SQLite lets none come about; a file that another program wrote to, or that was patched together from
/// a damaged one, may have them, and no backup of it passes its check.
/// </summary>
internal static class DanglingRows
{
    /// <summary>Every table that refers to others, those first that others refer to last.</summary>
    public static IReadOnlyList<Table> All { get; } =
    [
        new("tags", ("memory", "memories", "row")),
        new("recalls", ("memory", "memories", "row")),
        new("evidence", ("memory", "memories", "row")),
        new("links", ("from_memory", "memories", "row"), ("to_memory", "memories", "row")),
        new("journal", ("run", "runs", "id"), ("memory", "memories", "row")),
        new("vectors", ("memory", "memories", "row"), ("model", "models", "id")),
        new("mentions", ("entity", "entities", "row"), ("memory", "memories", "row")),
        new("pair_marks", ("first", "memories", "row"), ("second", "memories", "row")),
        // With the members of a unit that goes because its plan is missing.
        new("plan_members", ("unit", "plan_units JOIN plans ON plans.id = plan_units.plan", "plan_units.row"), ("memory", "memories", "row")),
        new("plan_units", ("plan", "plans", "id")),
    ];

    /// <summary>One table and what it refers to.</summary>
    /// <param name="Name">The table.</param>
    /// <param name="References">Its columns, and the table and column that each refers to.</param>
    public sealed record Table(string Name, params (string Column, string Parent, string Key)[] References)
    {
        /// <summary>Counts the rows that refer to nothing.</summary>
        public string Counting => $"SELECT count(*) FROM {Name} WHERE {Dangling}";

        /// <summary>Removes them.</summary>
        public string Removing => $"DELETE FROM {Name} WHERE {Dangling}";

        private string Dangling => string.Join(" OR ", References.Select(r => $"NOT EXISTS (SELECT 1 FROM {r.Parent} WHERE {r.Key} = {Name}.{r.Column})"));
    }
}
