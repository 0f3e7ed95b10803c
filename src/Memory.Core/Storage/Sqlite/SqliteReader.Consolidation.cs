using System.Text;
using Memory.Core.Memories;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

internal partial class SqliteReader
{
    private const string MarkColumns = "f.id, s.id, p.kind, p.at FROM pair_marks p JOIN memories f ON f.row = p.first JOIN memories s ON s.row = p.second";

    public IReadOnlyList<ActiveMemory> ActiveMemories()
    {
        var found = new List<ActiveMemory>();
        session.Visit(
            """
            SELECT id, kind, importance, confidence, confidence_at, updated_at, sequence FROM memories
            WHERE namespace = ?1 AND state = 'active' ORDER BY row
            """,
            statement => found.Add(new ActiveMemory(
                MemoryId.FromStore(Encoding.ASCII.GetString(raw.sqlite3_column_blob(statement, 0))),
                IndexRows.Kind(raw.sqlite3_column_blob(statement, 1)),
                raw.sqlite3_column_double(statement, 2),
                raw.sqlite3_column_double(statement, 3),
                Rows.Milliseconds(raw.sqlite3_column_int64(statement, 4)),
                Rows.Milliseconds(raw.sqlite3_column_int64(statement, 5)),
                raw.sqlite3_column_int64(statement, 6))),
            ns.Value);
        return found;
    }

    public IReadOnlyList<PairMark> PairMarksOf(IReadOnlyCollection<MemoryId> ids) => session.Query(
        $"""
        WITH these AS MATERIALIZED (SELECT row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2)))
        SELECT {MarkColumns} WHERE p.first IN these OR p.second IN these ORDER BY p.at, p.first, p.second
        """,
        Rows.PairMark, ns.Value, List(ids));

    public IReadOnlyList<JournalEntry> ChangesOf(IReadOnlyCollection<MemoryId> ids) => ids.Count == 0 ? [] : session.Query(
        """
        SELECT j.run, j.unit, m.id, j.before, j.after, j.reason, j.undone FROM memories m CROSS JOIN journal j ON j.memory = m.row
        WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2)) AND j.undone = 0 ORDER BY j.row
        """,
        Rows.Journal, ns.Value, List(ids));

    public IReadOnlyList<StatementMark> StatementMarks() => session.Query(
        """
        SELECT f.statement_hash, s.statement_hash, p.kind FROM pair_marks p JOIN memories f ON f.row = p.first JOIN memories s ON s.row = p.second
        WHERE f.namespace = ?1 AND p.kind <> 'contested' AND f.state <> 'forgotten' AND s.state <> 'forgotten' ORDER BY p.at, p.first, p.second
        """,
        static r => new StatementMark(r.GetInt64(0), r.GetInt64(1), Names.ParsePairMark(r.GetString(2))), ns.Value);

    public IReadOnlyList<(MemoryId Into, long Statement)> MergedStatements(IReadOnlyCollection<MemoryId> ids) => session.Query(
        """
        WITH RECURSIVE told (id, row) AS (
          SELECT id, row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2))
          UNION SELECT told.id, f.row FROM told JOIN links l ON l.to_memory = told.row AND l.kind = 'merged_into' JOIN memories f ON f.row = l.from_memory AND +f.namespace = ?1 AND f.state = 'merged')
        SELECT DISTINCT told.id, m.statement_hash FROM told JOIN memories m ON m.row = told.row WHERE m.state = 'merged' ORDER BY m.row
        """,
        static r => (MemoryId.FromStore(r.GetString(0)), r.GetInt64(1)), ns.Value, List(ids));

    public IReadOnlyList<PairMark> ContestedPairs(int limit) => session.Query(
        $"""
        SELECT {MarkColumns} WHERE p.kind = 'contested' AND f.namespace = ?1 AND f.state = 'active' AND s.state = 'active'
        ORDER BY p.at DESC, p.first, p.second LIMIT ?2
        """,
        Rows.PairMark, ns.Value, limit);

    public IReadOnlyDictionary<PairMarkKind, int> Corrections() => session.Query(
        """
        SELECT p.kind, count(DISTINCT p.at) FROM pair_marks p JOIN memories f ON f.row = p.first
        WHERE f.namespace = ?1 AND p.kind <> 'contested' GROUP BY p.kind
        """,
        static r => (Kind: Names.ParsePairMark(r.GetString(0)), Count: r.GetInt32(1)), ns.Value).ToDictionary(static c => c.Kind, static c => c.Count);

    public ConsolidationPlan? FindPlan(RunId id) => session.Query(
        "SELECT id, scope, made_at, seen_sequence, examined FROM plans WHERE +namespace = ?1 AND id = ?2",
        static r => new ConsolidationPlan(
            RunId.FromStore(r.GetString(0)), Names.ParseScope(r.GetString(1)), Rows.Time(r.GetInt64(2)), r.GetInt64(3), r.GetInt32(4)),
        ns.Value, id.Value).FirstOrDefault();

    public IReadOnlyList<PlanUnit> PlanUnits(RunId id) => session.Query(
        "SELECT u.unit, u.work FROM plans p JOIN plan_units u ON u.plan = p.id WHERE +p.namespace = ?1 AND p.id = ?2 ORDER BY u.unit",
        static r => new PlanUnit(r.GetInt32(0), [], r.GetString(1)), ns.Value, id.Value);

    public IReadOnlyList<RememberedQuery> RememberedQueries(int limit) => session.Query(
        "SELECT words, results, at FROM remembered_queries WHERE namespace = ?1 ORDER BY at DESC, row DESC LIMIT ?2",
        static r => new RememberedQuery(Rows.Longs(r.GetString(0)), Rows.Longs(r.GetString(1)), Rows.Time(r.GetInt64(2))), ns.Value, limit);
}
