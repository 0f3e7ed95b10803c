using Memory.Core.Entities;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Keeps account of which entities a memory mentions. An entity that nothing mentions any more is content that must go.</summary>
internal static class Mentions
{
    // More at once would be less work in all, but others wait for the writer meanwhile.
    private const int AtOnce = 25;

    /// <summary>Notes what a memory mentions: two statements, however many entities there are.</summary>
    public static void Write(SqliteSession session, string ns, long memory, string content, IReadOnlyList<string> tags)
    {
        var entities = EntityExtractor.Extract(content, tags);
        if (entities.Count == 0)
        {
            return;
        }

        var list = Rows.List(entities);
        session.Execute(
            """
            INSERT INTO entities (namespace, key, kind, name)
            SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2) WHERE true ON CONFLICT (namespace, key) DO NOTHING
            """,
            ns, list);
        session.Execute(
            """
            INSERT INTO mentions (entity, memory)
            SELECT e.row, ?3 FROM json_each(?2) l CROSS JOIN entities e ON e.namespace = ?1 AND e.key = l.value ->> 0
            WHERE true ON CONFLICT DO NOTHING
            """,
            ns, list, memory);
    }

    /// <summary>Notes anew what a memory mentions, as it stands in the store.</summary>
    public static void Rewrite(SqliteSession session, long memory)
    {
        var before = Delete(session, memory);
        Write(session, memory);
        Settle(session, before);
    }

    /// <summary>Takes a memory's mentions away, and with them what only it said: entities, and spellings of entities that others mention.</summary>
    public static void Remove(SqliteSession session, long memory) => Settle(session, Delete(session, memory));

    /// <summary>Whether some of the newest memories lack their mentions.</summary>
    public static bool AreMissing(SqliteSession session) => session.Scalar("SELECT max(row) FROM memories") > Properties.MentionsTo(session);

    /// <summary>Does some of the newest memories, in the order in which they were stored.</summary>
    /// <returns>Whether more may be missing.</returns>
    public static bool WriteSomeNew(SqliteSession session)
    {
        var memories = session.Query(
            "SELECT row FROM memories WHERE row > ?1 ORDER BY row LIMIT ?2", static r => r.GetInt64(0), Properties.MentionsTo(session), AtOnce);
        foreach (var memory in memories)
        {
            Write(session, memory);
        }

        if (memories.Count > 0)
        {
            Properties.SetMentionsTo(session, memories[^1]);
        }

        return memories.Count == AtOnce;
    }

    /// <summary>Does some of the memories that were stored before there were mentions.</summary>
    /// <returns>Whether more may be missing.</returns>
    public static bool WriteSomeMissing(SqliteSession session)
    {
        if (Properties.MentionsMissingTo(session) is not { } last)
        {
            return false;
        }

        var memories = session.Query(
            "SELECT row FROM memories WHERE row <= ?1 AND state <> 'forgotten' ORDER BY row DESC LIMIT ?2", static r => r.GetInt64(0), last, AtOnce);
        foreach (var memory in memories)
        {
            Write(session, memory);
        }

        if (memories.Count < AtOnce)
        {
            Properties.ClearMentionsMissing(session);
            return false;
        }

        Properties.SetMentionsMissingTo(session, memories[^1] - 1);
        return true;
    }

    private static void Write(SqliteSession session, long memory)
    {
        foreach (var (ns, content, tags) in session.Query(
            "SELECT namespace, content, (SELECT json_group_array(tag ORDER BY tag) FROM tags WHERE memory = ?1) FROM memories WHERE row = ?1",
            static r => (r.GetString(0), r.GetString(1), Rows.Strings(r.GetString(2))), memory))
        {
            Write(session, ns, memory, content, tags);
        }
    }

    private static List<long> Delete(SqliteSession session, long memory) =>
        session.Query("DELETE FROM mentions WHERE memory = ?1 RETURNING entity", static r => r.GetInt64(0), memory);

    private static void Settle(SqliteSession session, List<long> entities)
    {
        foreach (var entity in entities)
        {
            if (session.Execute("DELETE FROM entities WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity = ?1)", entity) == 0)
            {
                Respell(session, entity);
            }
        }
    }

    // The spelling may be that of the memory which mentions it no longer; now it is that of the oldest which does.
    private static void Respell(SqliteSession session, long entity)
    {
        foreach (var (key, content, tags) in session.Query(
            """
            SELECT e.key, m.content, (SELECT json_group_array(tag ORDER BY tag) FROM tags WHERE memory = m.row)
            FROM entities e JOIN memories m ON m.row = (SELECT min(memory) FROM mentions WHERE entity = ?1) WHERE e.row = ?1
            """,
            static r => (r.GetString(0), r.GetString(1), Rows.Strings(r.GetString(2))), entity))
        {
            var spelled = EntityExtractor.Extract(content, tags).FirstOrDefault(e => e.Key == key, new Entity(EntityKind.Name, key, key));
            session.Execute("UPDATE entities SET kind = ?2, name = ?3 WHERE row = ?1", entity, EntityKindNames.Of(spelled.Kind), spelled.Name);
        }
    }
}
