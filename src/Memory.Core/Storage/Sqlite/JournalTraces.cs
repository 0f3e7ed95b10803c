using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// What the journal has of forgotten memories in the lines of others: their tags, which merges carry from one to the next, and the sources and
/// sessions that spoke for them and so against another. Once for all that are forgotten together.
/// </summary>
internal static class JournalTraces
{
    private const string RowOf = "(SELECT row FROM memories WHERE +namespace = ?1 AND id = ?2)";

    // The conditions are those of the indexes, word for word: without them the whole journal is read while others wait to write.
    internal const string RemoveEvidence =
        """
        UPDATE journal SET after = json_remove(after, '$.evidence')
        WHERE ((instr(after, '"superseded_by"') > 0 AND json_valid(after) AND after ->> '$.superseded_by' IN (SELECT value FROM json_each(?2)))
            OR (instr(after, '"contested_with"') > 0 AND json_valid(after) AND after ->> '$.contested_with' IN (SELECT value FROM json_each(?2))))
          AND (SELECT namespace FROM memories WHERE row = journal.memory) = ?1
        """;

    internal const string RemoveTags =
        """
        UPDATE journal SET
          before = json_replace(before, '$.tags', json((SELECT json_group_array(value) FROM json_each(before, '$.tags') WHERE value NOT IN (SELECT value FROM json_each(?2))))),
          after = json_replace(after, '$.tags', json((SELECT json_group_array(value) FROM json_each(after, '$.tags') WHERE value NOT IN (SELECT value FROM json_each(?2)))))
        WHERE (instr(before, '"tags"') > 0 OR instr(after, '"tags"') > 0) AND (SELECT namespace FROM memories WHERE row = journal.memory) = ?1
          AND EXISTS (
            SELECT 1 FROM json_each(?2) WHERE value IN (SELECT value FROM json_each(before, '$.tags')) OR value IN (SELECT value FROM json_each(after, '$.tags')))
        """;

    /// <summary>The tags that a memory has, or had before or after a run.</summary>
    public static List<string> Tags(SqliteSession session, Namespace ns, MemoryId id) => session.Query(
        $"""
        SELECT tag FROM tags WHERE memory = {RowOf}
        UNION SELECT value FROM journal, json_each(journal.before, '$.tags') WHERE memory = {RowOf}
        UNION SELECT value FROM journal, json_each(journal.after, '$.tags') WHERE memory = {RowOf}
        """,
        static r => r.GetString(0), ns.Value, id.Value);

    /// <summary>Removes them from the lines of others, once the memories themselves are empty.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="ids">The memories.</param>
    /// <param name="tags">What <see cref="Tags"/> found of them; one that another memory has stays.</param>
    public static void Remove(SqliteSession session, Namespace ns, IEnumerable<MemoryId> ids, IEnumerable<string> tags)
    {
        session.Execute(RemoveEvidence, ns.Value, Rows.List(ids.Select(static i => i.Value)));
        var gone = session.Query(
            """
            SELECT value FROM json_each(?2) WHERE NOT EXISTS (
              SELECT 1 FROM tags t JOIN memories m ON m.row = t.memory WHERE t.tag = value AND m.namespace = ?1)
            """,
            static r => r.GetString(0), ns.Value, Rows.List(tags));
        if (gone.Count > 0)
        {
            session.Execute(RemoveTags, ns.Value, Rows.List(gone));
        }
    }
}
