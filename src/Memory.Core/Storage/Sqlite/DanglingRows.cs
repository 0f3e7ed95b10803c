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
        new("tags", "SELECT count(*) FROM tags WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = tags.memory)"),
        new("recalls", "SELECT count(*) FROM recalls WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = recalls.memory)"),
        new("evidence", "SELECT count(*) FROM evidence WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = evidence.memory)"),
        new("links",
            "SELECT count(*) FROM links WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = links.from_memory) "
            + "OR NOT EXISTS (SELECT 1 FROM memories WHERE row = links.to_memory)"),
        new("journal",
            "SELECT count(*) FROM journal WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = journal.run) "
            + "OR NOT EXISTS (SELECT 1 FROM memories WHERE row = journal.memory)"),
        new("vectors",
            "SELECT count(*) FROM vectors WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = vectors.memory) "
            + "OR NOT EXISTS (SELECT 1 FROM models WHERE id = vectors.model)"),
        new("index_parts", "SELECT count(*) FROM index_parts WHERE NOT EXISTS (SELECT 1 FROM index_snapshots WHERE number = index_parts.snapshot)"),
        new("mentions",
            "SELECT count(*) FROM mentions WHERE NOT EXISTS (SELECT 1 FROM entities WHERE row = mentions.entity) "
            + "OR NOT EXISTS (SELECT 1 FROM memories WHERE row = mentions.memory)"),
        new("pair_marks",
            "SELECT count(*) FROM pair_marks WHERE NOT EXISTS (SELECT 1 FROM memories WHERE row = pair_marks.first) "
            + "OR NOT EXISTS (SELECT 1 FROM memories WHERE row = pair_marks.second)"),
        // With the members of a unit that goes because its plan is missing.
        new("plan_members",
            "SELECT count(*) FROM plan_members WHERE NOT EXISTS (SELECT 1 FROM plan_units JOIN plans ON plans.id = plan_units.plan WHERE plan_units.row = plan_members.unit) "
            + "OR NOT EXISTS (SELECT 1 FROM memories WHERE row = plan_members.memory)"),
        new("plan_units", "SELECT count(*) FROM plan_units WHERE NOT EXISTS (SELECT 1 FROM plans WHERE id = plan_units.plan)"),
    ];

    /// <summary>One table.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Counting">Counts the rows that refer to nothing.</param>
    public sealed record Table(string Name, string Counting)
    {
        /// <summary>Removes them.</summary>
        public string Removing => string.Concat("DELETE", Counting.AsSpan("SELECT count(*)".Length));
    }
}
