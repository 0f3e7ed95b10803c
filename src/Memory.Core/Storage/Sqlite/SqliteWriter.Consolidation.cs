using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    public void RemoveEvidence(MemoryId id, Evidence evidence) => Session.Execute(
        $"""
        DELETE FROM evidence WHERE row = (
          SELECT max(row) FROM evidence WHERE memory = {RowOf} AND kind = ?3 AND source = ?4 AND session IS ?5 AND at = ?6)
        """,
        Namespace.Value, id.Value, Names.Of(evidence.Kind), evidence.Source, evidence.Session, Rows.Time(evidence.At));

    public void AddPairMark(PairMark mark)
    {
        if (Ordered(mark.First, mark.Second) is var (first, second))
        {
            Session.Execute(
                "INSERT INTO pair_marks (first, second, kind, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                first, second, Names.Of(mark.Kind), Rows.Time(mark.At));
        }
    }

    public void RemovePairMark(MemoryId first, MemoryId second, PairMarkKind kind)
    {
        if (Ordered(first, second) is var (one, other))
        {
            Session.Execute("DELETE FROM pair_marks WHERE first = ?1 AND second = ?2 AND kind = ?3", one, other, Names.Of(kind));
        }
    }

    public void AddPlan(ConsolidationPlan plan, int kept)
    {
        Session.Execute(
            "INSERT INTO plans (namespace, id, scope, made_at, seen_sequence, examined) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            Namespace.Value, plan.Id.Value, Names.Of(plan.Scope), Rows.Time(plan.MadeAt), plan.SeenSequence, plan.Examined);
        foreach (var old in Session.Query(
            "SELECT id FROM plans WHERE namespace = ?1 ORDER BY made_at DESC, id DESC LIMIT -1 OFFSET ?2", static r => r.GetString(0), Namespace.Value, kept))
        {
            Session.Execute("DELETE FROM plan_members WHERE unit IN (SELECT row FROM plan_units WHERE plan = ?1)", old);
            Session.Execute("DELETE FROM plan_units WHERE plan = ?1", old);
            Session.Execute("DELETE FROM plans WHERE id = ?1", old);
        }
    }

    public void AddPlanUnit(RunId plan, PlanUnit unit)
    {
        var row = Session.Scalar(
            "INSERT INTO plan_units (plan, unit, work) SELECT id, ?3, ?4 FROM plans WHERE +namespace = ?1 AND id = ?2 RETURNING row",
            Namespace.Value, plan.Value, unit.Number, unit.Work);
        Session.Execute(
            "INSERT INTO plan_members (unit, memory) SELECT ?3, row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?2))",
            Namespace.Value, List(unit.Members), row);
    }

    public void RememberQuery(RememberedQuery query, int kept)
    {
        Session.Execute(
            """
            INSERT INTO remembered_queries (namespace, words, results, at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (namespace, words) DO UPDATE SET results = excluded.results, at = excluded.at
            """,
            Namespace.Value, Rows.List(query.Words), Rows.List(query.Results), Rows.Time(query.At));
        Session.Execute(
            """
            DELETE FROM remembered_queries WHERE row IN (
              SELECT row FROM remembered_queries WHERE namespace = ?1 ORDER BY at DESC, row DESC LIMIT -1 OFFSET ?2)
            """,
            Namespace.Value, kept);
    }

    private void ForgetQueriesAnsweredBy(MemoryId id) => Session.Execute(
        "DELETE FROM remembered_queries WHERE namespace = ?1 AND EXISTS (SELECT 1 FROM json_each(results) WHERE value = ?2)",
        Namespace.Value, Folding.Hash(id.Value));

    private void EmptyPlansOf(MemoryId id) => Session.Execute(
        $"UPDATE plan_units SET work = '' WHERE row IN (SELECT unit FROM plan_members WHERE memory = {RowOf})", Namespace.Value, id.Value);

    private (long First, long Second)? Ordered(MemoryId first, MemoryId second) => (Row(first), Row(second)) switch
    {
        (0, _) or (_, 0) => null,
        var (a, b) when a == b => null,
        var (a, b) => a < b ? (a, b) : (b, a),
    };
}
