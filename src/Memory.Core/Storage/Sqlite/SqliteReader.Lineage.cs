using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <content>Where memories come from and what they became, and the evidence that follows lineage.</content>
internal partial class SqliteReader
{
    public IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> EvidenceOf(IReadOnlyCollection<MemoryId> ids, DateTimeOffset? asOf = null)
    {
        var ledgers = ids.ToDictionary(static id => id, static _ => (IReadOnlyList<Evidence>)new List<Evidence>());
        var rows = session.Query(
            """
            WITH RECURSIVE told (about, row) AS (
              SELECT id, row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2))
              UNION SELECT told.about, f.row FROM links l JOIN told ON l.to_memory = told.row JOIN memories f ON f.row = l.from_memory
                WHERE l.kind = 'merged_into' AND +f.namespace = ?1 AND l.at <= ?3
                  AND NOT EXISTS (SELECT 1 FROM links s WHERE s.from_memory = f.row AND s.kind = 'superseded_by' AND s.at <= ?3))
            SELECT e.kind, e.source, e.session, e.at, e.note, e.statement, told.about, told.row
            FROM told JOIN evidence e ON e.memory = told.row AND e.at <= ?3 ORDER BY e.at, e.row
            """,
            static r => (About: MemoryId.FromStore(r.GetString(6)), SaidOf: r.GetInt64(7), Evidence: Rows.Evidence(r)), ns.Value, List(ids), asOf is { } at ? Rows.Time(at) : long.MaxValue);
        var hedged = HedgedAmong([.. rows.Where(static r => IsStatement(r.Evidence) && r.Evidence.Statement is null).Select(static r => r.SaidOf).Distinct()]);
        foreach (var (about, saidOf, row) in rows)
        {
            var isHedged = IsStatement(row) && (row.Statement is { } words ? Hedges.AreIn(words) : hedged.Contains(saidOf));
            ((List<Evidence>)ledgers[about]).Add(isHedged ? row with { IsHedged = true } : row);
        }

        return ledgers;

        static bool IsStatement(Evidence evidence) => evidence.Kind is EvidenceKind.Asserted or EvidenceKind.Corroborated;
    }

    // Each text is read once, however often it was said.
    private HashSet<long> HedgedAmong(long[] rows) =>
    [
        .. session.Query(
            "SELECT row, content FROM memories WHERE +namespace = ?1 AND row IN (SELECT value FROM json_each(?2))",
            static r => (Row: r.GetInt64(0), IsHedged: Hedges.AreIn(r.GetString(1))), ns.Value, $"[{string.Join(',', rows)}]").Where(static m => m.IsHedged).Select(static m => m.Row),
    ];

    public IReadOnlyList<Link> LinksOf(IReadOnlyCollection<MemoryId> ids) => session.Query(
        """
        WITH these AS (SELECT row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2)))
        SELECT f.id, t.id, l.kind, l.at FROM links l
        JOIN memories f ON f.row = l.from_memory JOIN memories t ON t.row = l.to_memory
        WHERE l.from_memory IN these OR l.to_memory IN these ORDER BY l.at, f.row
        """,
        Rows.Link, ns.Value, List(ids));

    // Each once, as a damaged file may lead in circles. The nearest come first: so they are found, and a cross join keeps that order.
    public IReadOnlyList<MemoryRecord> Ancestors(MemoryId id) => session.Query(
        $"""
        WITH RECURSIVE back (row) AS (
          SELECT row FROM memories WHERE +namespace = ?1 AND id = ?2
          UNION SELECT f.row FROM back CROSS JOIN links l ON l.to_memory = back.row CROSS JOIN memories f ON f.row = l.from_memory AND +f.namespace = ?1)
        SELECT {Rows.MemoryColumns} FROM back CROSS JOIN memories m ON m.row = back.row WHERE m.id <> ?2
        """,
        Rows.Memory, ns.Value, id.Value);

    public IReadOnlyDictionary<MemoryId, Survivor> SurvivorsOf(IReadOnlyCollection<MemoryId> ids) => session.Query(
        """
        WITH RECURSIVE ahead (id, next, row) AS (
          SELECT m.id, l.to_memory, l.to_memory FROM memories m CROSS JOIN links l ON l.from_memory = m.row AND l.kind = 'merged_into'
            WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2)) AND m.state = 'merged'
          UNION SELECT ahead.id, ahead.next, l.to_memory FROM ahead CROSS JOIN memories h ON h.row = ahead.row AND h.state = 'merged'
            CROSS JOIN links l ON l.from_memory = ahead.row AND l.kind = 'merged_into')
        SELECT ahead.id, n.id, m.id FROM ahead CROSS JOIN memories n ON n.row = ahead.next AND +n.namespace = ?1
          CROSS JOIN memories m ON m.row = ahead.row AND +m.namespace = ?1 WHERE m.state = 'active'
        """,
        static r => (Merged: MemoryId.FromStore(r.GetString(0)), Survivor: new Survivor(MemoryId.FromStore(r.GetString(1)), MemoryId.FromStore(r.GetString(2)))), ns.Value, List(ids))
        .DistinctBy(static s => s.Merged).ToDictionary(static s => s.Merged, static s => s.Survivor);
}
