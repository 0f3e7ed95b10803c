namespace Memory.Server.Tests.Faults;

/// <summary>One memory as consolidation left it, told by what it says and not by ids and times, so that stores can be compared.</summary>
internal sealed record StoredState(string Content, string State, string Tags, double Importance, double Confidence, string? MergedInto)
{
    /// <summary>All memories of a store, in the order of their contents.</summary>
    public static IReadOnlyList<StoredState> Of(DatabaseCopy copy) => copy.Query(
        """
        SELECT content, state, (SELECT group_concat(tag ORDER BY tag) FROM tags WHERE memory = m.row), importance, confidence,
          (SELECT group_concat(kind || ' ' || (SELECT content FROM memories WHERE row = to_memory)) FROM links WHERE from_memory = m.row)
        FROM memories m ORDER BY content
        """,
        static r => new StoredState(
            r.GetString(0), r.GetString(1), r.IsDBNull(2) ? "" : r.GetString(2), r.GetDouble(3), r.GetDouble(4), r.IsDBNull(5) ? null : r.GetString(5)));
}
