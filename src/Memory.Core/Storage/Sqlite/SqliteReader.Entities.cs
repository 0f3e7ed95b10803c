using Memory.Core.Entities;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

internal partial class SqliteReader
{
    private const int MaxCompared = 100_000;
    private const int MaxCounted = 5_000;
    private const int MinWordLength = 3;
    private const int MaxWords = 3;

    private const string EntityRow = "SELECT row FROM entities WHERE namespace = ?1 AND key = ?2";

    // Walks the mentions backwards and stops at the limit; what is read whole is only what is wanted.
    private const string Mentioning = $"""
        SELECT {Rows.MemoryColumns}
        FROM (SELECT m.row FROM mentions x CROSS JOIN memories m ON m.row = x.memory
              WHERE x.entity = ({EntityRow}) AND (m.state = 'active') = ?3 ORDER BY x.memory DESC LIMIT ?4) hit
        JOIN memories m ON m.row = hit.row ORDER BY m.row DESC
        """;

    // The count stops at one too many: an entity of a hundred thousand mentions costs no more than one of thirteen.
    public IReadOnlyList<EntityCompanion> CompanionsByRareEntity(IReadOnlyCollection<MemoryId> ids, int maxMentions) => session.Query(
        """
        WITH these AS MATERIALIZED (SELECT row, id FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2))),
        rare AS MATERIALIZED (
          SELECT t.id AS of, t.row AS of_row, a.entity,
            (SELECT count(*) FROM (SELECT 1 FROM mentions c WHERE c.entity = a.entity LIMIT ?3 + 1)) AS mentioned
          FROM these t JOIN mentions a ON a.memory = t.row)
        SELECT r.of, m.id, min(r.mentioned) FROM rare r
        JOIN mentions b ON b.entity = r.entity AND b.memory <> r.of_row JOIN memories m ON m.row = b.memory
        WHERE r.mentioned BETWEEN 2 AND ?3 AND +m.namespace = ?1 GROUP BY r.of, m.id ORDER BY r.of, m.row
        """,
        static r => new EntityCompanion(MemoryId.FromStore(r.GetString(0)), MemoryId.FromStore(r.GetString(1)), r.GetInt32(2)),
        ns.Value, List(ids), maxMentions);

    public Entity? FindEntity(string name) =>
        session.Query("SELECT kind, name, key FROM entities WHERE namespace = ?1 AND key = ?2", Rows.Entity, ns.Value, EntityKey.Of(name)) is [var found] ? found : null;

    public IReadOnlyList<Entity> NamesThatBeginWith(string word, int limit) => session.Query(
        "SELECT kind, name, key FROM entities WHERE namespace = ?1 AND key > ?2 || ' ' AND key < ?2 || '!' LIMIT ?3",
        Rows.Entity, ns.Value, EntityKey.Of(word), limit);

    public IReadOnlyList<Entity> EntitiesLike(string name, int limit)
    {
        var key = EntityKey.Of(name);
        string?[] words = [.. key.Split(' ').Where(static w => w.Length >= MinWordLength && !EntityWords.IsCommon(w)).OrderByDescending(static w => w.Length).Take(MaxWords)];
        Array.Resize(ref words, MaxWords);
        return key.Length == 0 ? [] : session.Query(
            """
            SELECT e.kind, e.name, e.key FROM (
              SELECT row FROM entities WHERE namespace = ?1 AND key > ?2 AND key < ?2 || char(1114111)
              UNION SELECT row FROM (SELECT row, key FROM entities WHERE namespace = ?1 LIMIT ?4)
              WHERE (length(key) >= ?5 AND substr(?2, 1, length(key)) = key)
                OR instr(' ' || key || ' ', ' ' || ?6 || ' ') OR instr(' ' || key || ' ', ' ' || ?7 || ' ') OR instr(' ' || key || ' ', ' ' || ?8 || ' ')) close
            CROSS JOIN entities e ON e.row = close.row
            WHERE e.key <> ?2 AND EXISTS (SELECT 1 FROM mentions x JOIN memories m ON m.row = x.memory WHERE x.entity = e.row AND m.state = 'active')
            ORDER BY substr(e.key, 1, length(?2)) = ?2 DESC, length(e.key), e.key LIMIT ?3
            """,
            Rows.Entity, ns.Value, key, limit, MaxCompared, MinWordLength, words[0], words[1], words[2]);
    }

    public IReadOnlyDictionary<MemoryId, IReadOnlyList<Entity>> EntitiesOf(IReadOnlyCollection<MemoryId> ids)
    {
        var entities = ids.Distinct().ToDictionary(static id => id, static _ => (IReadOnlyList<Entity>)new List<Entity>());
        foreach (var (id, entity) in session.Query(
            """
            SELECT e.kind, e.name, e.key, m.id FROM memories m JOIN mentions x ON x.memory = m.row JOIN entities e ON e.row = x.entity
            WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2)) ORDER BY e.row
            """,
            static r => (MemoryId.FromStore(r.GetString(3)), Rows.Entity(r)), ns.Value, List(ids)))
        {
            ((List<Entity>)entities[id]).Add(entity);
        }

        return entities;
    }

    public IReadOnlyList<MemoryRecord> MemoriesMentioning(Entity entity, int limit, bool activeOnly = false)
    {
        var found = session.Query(Mentioning, Rows.Memory, ns.Value, entity.Key, 1, limit);
        if (!activeOnly && found.Count < limit)
        {
            found.AddRange(session.Query(Mentioning, Rows.Memory, ns.Value, entity.Key, 0, limit - found.Count));
        }

        return found;
    }

    public IReadOnlyList<EntityNeighbour> Neighbours(Entity entity, int depth, bool activeOnly = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, EntityNeighbour.MaxDepth);
        if (session.Query(EntityRow, static r => r.GetInt64(0), ns.Value, entity.Key) is not [var start])
        {
            return [];
        }

        var steps = new EntityWalk(session, activeOnly).From(start, depth);
        var entities = session.Query(
            "SELECT kind, name, key, row FROM entities WHERE +namespace = ?1 AND row IN (SELECT value FROM json_each(?2))",
            static r => (Row: r.GetInt64(3), Entity: Rows.Entity(r)), ns.Value, Rows.List(steps.Select(static s => s.Entity).Append(start)))
            .ToDictionary(static e => e.Row, static e => e.Entity);
        var ids = session.Query(
            "SELECT id, row FROM memories WHERE +namespace = ?1 AND row IN (SELECT value FROM json_each(?2))",
            static r => (Row: r.GetInt64(1), Id: MemoryId.FromStore(r.GetString(0))), ns.Value, Rows.List(steps.SelectMany(static s => s.Memories).Distinct()))
            .ToDictionary(static m => m.Row, static m => m.Id);
        return [.. steps.Select(s => new EntityNeighbour(
            entities[s.Entity], s.Depth, entities[s.Through], s.Memories.Count, [.. s.Memories.Select(m => ids[m])]))];
    }

    public IReadOnlyList<ConnectedEntity> MostConnected(int limit) => session.Query(
        """
        WITH newest AS (
          SELECT row FROM memories WHERE namespace = ?1 AND state = 'active' ORDER BY created_at DESC, row DESC LIMIT ?2),
        counted AS MATERIALIZED (
          SELECT x.memory, count(*) AS entities FROM newest n CROSS JOIN mentions x ON x.memory = n.row GROUP BY x.memory)
        SELECT e.kind, e.name, e.key, count(*) AS memories, sum(c.entities - 1) AS links
        FROM counted c CROSS JOIN mentions x ON x.memory = c.memory CROSS JOIN entities e ON e.row = x.entity
        GROUP BY e.row ORDER BY links DESC, memories DESC, e.row LIMIT ?3
        """,
        static r => new ConnectedEntity(Rows.Entity(r), r.GetInt32(3), r.GetInt32(4)), ns.Value, MaxCounted, limit);
}
