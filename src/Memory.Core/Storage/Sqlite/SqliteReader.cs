using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <inheritdoc cref="IMemoryReader"/>
internal partial class SqliteReader(SqliteSession session, Namespace ns) : IMemoryReader
{
    // Where an id is named, '+namespace' keeps the planner from walking the whole namespace by one of its indexes.

    // The parameters ?2 to ?9 of every filtered statement; ?1 is the namespace.
    private const string Filtered = """
        m.namespace = ?1
        AND m.state IN (SELECT value FROM json_each(?2))
        AND (?3 IS NULL OR m.kind IN (SELECT value FROM json_each(?3)))
        AND (?4 IS NULL OR (SELECT count(*) FROM tags t WHERE t.memory = m.row AND t.tag IN (SELECT value FROM json_each(?4))) >= ?5)
        AND (?6 IS NULL OR coalesce(m.occurred_at, m.created_at) >= ?6)
        AND (?7 IS NULL OR coalesce(m.occurred_at, m.created_at) <= ?7)
        AND m.confidence >= ?8
        """;

    // The rows are chosen by their small columns first and read whole only then.
    private const string SearchWords = $"""
        SELECT {Rows.MemoryColumns}, hit.score
        FROM (SELECT m.row, -bm25(memory_words) AS score
              FROM memory_words JOIN memories m ON m.row = memory_words.rowid
              WHERE memory_words MATCH ?10 AND {Filtered}
              ORDER BY score DESC, m.row LIMIT ?9) hit
        JOIN memories m ON m.row = hit.row
        """;

    private const string SearchTrigrams = $"""
        SELECT {Rows.MemoryColumns}, hit.score
        FROM (SELECT m.row, -bm25(memory_trigrams) AS score
              FROM memory_trigrams JOIN memories m ON m.row = memory_trigrams.rowid
              WHERE memory_trigrams MATCH ?10 AND {Filtered}
              ORDER BY score DESC, m.row LIMIT ?9) hit
        JOIN memories m ON m.row = hit.row
        """;

    // Both indexes must know the memory: to join two lists that were each cut to a limit would lose some.
    private const string SearchBoth = $"""
        SELECT {Rows.MemoryColumns}, hit.score
        FROM (SELECT m.row, -bm25(memory_words) AS score
              FROM memory_words JOIN memories m ON m.row = memory_words.rowid
              WHERE memory_words MATCH ?10 AND m.row IN (SELECT rowid FROM memory_trigrams WHERE memory_trigrams MATCH ?11) AND {Filtered}
              ORDER BY score DESC, m.row LIMIT ?9) hit
        JOIN memories m ON m.row = hit.row
        """;

    private const string LastStored = $"""
        SELECT {Rows.MemoryColumns} FROM memories m WHERE {Filtered} ORDER BY m.created_at DESC, m.row DESC LIMIT ?9
        """;

    private const string LastRecalled = $"""
        SELECT {Rows.MemoryColumns} FROM recalls r JOIN memories m ON m.row = r.memory WHERE {Filtered} ORDER BY r.last_at DESC, m.row DESC LIMIT ?9
        """;

    private const string MostRecalled = $"""
        SELECT {Rows.MemoryColumns} FROM recalls r JOIN memories m ON m.row = r.memory WHERE {Filtered} ORDER BY r.count DESC, m.row DESC LIMIT ?9
        """;

    private const string NewestWithWords = """
        SELECT m.id, m.content FROM memory_words JOIN memories m ON m.row = memory_words.rowid
        WHERE memory_words MATCH ?2 AND m.namespace = ?1 AND m.state = 'active' ORDER BY memory_words.rowid DESC LIMIT ?3
        """;

    private const string NewestWithTrigrams = """
        SELECT m.id, m.content FROM memory_trigrams JOIN memories m ON m.row = memory_trigrams.rowid
        WHERE memory_trigrams MATCH ?2 AND m.namespace = ?1 AND m.state = 'active' ORDER BY memory_trigrams.rowid DESC LIMIT ?3
        """;

    public Namespace Namespace => ns;

    protected SqliteSession Session => session;

    // For what asks the indexes of words, which must know all that this reader sees.
    protected virtual SqliteSession Indexed => session;

    public MemoryRecord? Find(MemoryId id) => session.Query(
        $"SELECT {Rows.MemoryColumns} FROM memories m WHERE +m.namespace = ?1 AND m.id = ?2",
        Rows.Memory, ns.Value, id.Value).FirstOrDefault();

    public IReadOnlyList<MemoryRecord> FindMany(IReadOnlyCollection<MemoryId> ids) => session.Query(
        $"SELECT {Rows.MemoryColumns} FROM memories m WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2)) ORDER BY m.row",
        Rows.Memory, ns.Value, List(ids));

    public IReadOnlyList<MemoryRecord> WithSameText(string content)
    {
        var folded = Folding.Identity(content);
        var candidates = session.Query(
            $"SELECT {Rows.MemoryColumns} FROM memories m WHERE m.namespace = ?1 AND m.identity_hash = ?2 AND m.state <> 'forgotten' ORDER BY m.row",
            Rows.Memory, ns.Value, Folding.Hash(folded));
        return candidates.FindAll(m => Folding.Identity(m.Content) == folded && !SharpS.Differ(m.Content, content) && !LetterCase.Differs(m.Content, content));
    }

    public IReadOnlyList<LexicalMatch> Search(LexicalQuery query, MemoryFilter filter, int limit, TermMatch match = TermMatch.Any)
    {
        if (match == TermMatch.All && query is { Words.Count: > 0, UnspacedTerms.Count: > 0 })
        {
            return Ranked(Match(SearchBoth, filter, limit, query.WordsExpression(match), query.UnspacedExpression(match)), limit);
        }

        var inWords = query.Words.Count == 0 ? null : Match(SearchWords, filter, limit, query.WordsExpression(match));
        var inTrigrams = query.UnspacedTerms.Count == 0 ? null : Match(SearchTrigrams, filter, limit, query.UnspacedExpression(match));
        return Ranked(inWords is null || inTrigrams is null ? inWords ?? inTrigrams ?? [] : Sum(inWords, inTrigrams), limit);
    }

    public IReadOnlyList<Statement> NewestWithEachHalf(LexicalQuery query, int limit) =>
        [.. new[] { (Sql: NewestWithWords, Terms: query.Words), (Sql: NewestWithTrigrams, Terms: query.UnspacedTerms) }
            .Where(static q => q.Terms.Count > 0)
            .SelectMany(q => Indexed.Query(
                q.Sql, static r => new Statement(MemoryId.FromStore(r.GetString(0)), r.GetString(1)), ns.Value, LexicalQuery.OfEachHalf(q.Terms), limit))
            .DistinctBy(static s => s.Id)];

    public IReadOnlyList<MemoryRecord> RecentlyUsed(MemoryFilter filter, int limit) =>
        [.. new[] { LastStored, LastRecalled, MostRecalled }
            .SelectMany(sql => session.Query(sql, Rows.Memory, Arguments(filter, limit)))
            .DistinctBy(static m => m.Id)];

    public IReadOnlyDictionary<MemoryId, RecallUse> RecallUses(IReadOnlyCollection<MemoryId> ids) => session.Query(
        """
        SELECT m.id, r.count, r.last_at FROM memories m JOIN recalls r ON r.memory = m.row
        WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2))
        """,
        static r => (Id: MemoryId.FromStore(r.GetString(0)), Use: new RecallUse(r.GetInt32(1), Rows.Time(r.GetInt64(2)))),
        ns.Value, List(ids)).ToDictionary(static r => r.Id, static r => r.Use);

    public IReadOnlyList<MemoryRecord> ChangedAfter(long afterSequence, int limit) => session.Query(
        $"SELECT {Rows.MemoryColumns} FROM memories m WHERE m.namespace = ?1 AND m.sequence > ?2 ORDER BY m.sequence LIMIT ?3",
        Rows.Memory, ns.Value, afterSequence, limit);

    public long VisitIndexRows(long afterSequence, string model, IndexRowVisitor visit) =>
        IndexRows.Visit(session, ns, afterSequence, model, visit);

    public long? IndexSequence(string model, string build) => IndexSnapshots.Sequence(session, ns, model, build);

    public long? VisitIndexParts(string model, string build, IndexPartVisitor visit) => IndexSnapshots.Visit(session, ns, model, build, visit);

    public IReadOnlyList<Statement> WithoutVector(string model, int limit) => session.Query(
        """
        SELECT m.id, m.content FROM memories m WHERE m.namespace = ?1 AND m.state <> 'forgotten'
          AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.memory = m.row AND v.model = (SELECT id FROM models WHERE name = ?2))
        ORDER BY m.row LIMIT ?3
        """,
        static r => new Statement(MemoryId.FromStore(r.GetString(0)), r.GetString(1)), ns.Value, model, limit);

    public (int With, int Without) VectorCounts(string model) => session.Query(
        """
        SELECT count(v.memory), count(*) - count(v.memory) FROM memories m
        LEFT JOIN vectors v ON v.memory = m.row AND v.model = (SELECT id FROM models WHERE name = ?2)
        WHERE m.namespace = ?1 AND m.state <> 'forgotten'
        """,
        static r => (r.GetInt32(0), r.GetInt32(1)), ns.Value, model)[0];

    public int Count() => (int)session.Scalar("SELECT count(*) FROM memories WHERE namespace = ?1", ns.Value);

    public long LastSequence() => session.Scalar("SELECT max(sequence) FROM memories");

    public long CountChangedAfter(long sequence) => session.Scalar("SELECT count(*) FROM memories WHERE +namespace = ?1 AND sequence > ?2", ns.Value, sequence);

    public IReadOnlyList<IReadOnlyList<MemoryId>> SameStatementGroups(long afterSequence) => session.Query(
        """
        SELECT json_group_array(m.id ORDER BY m.row) FROM memories m
        WHERE m.namespace = ?1 AND m.state = 'active' AND (?2 = 0 OR m.statement_hash IN (
          SELECT c.statement_hash FROM memories c WHERE c.namespace = ?1 AND c.state = 'active' AND c.sequence > ?2))
        GROUP BY m.statement_hash HAVING count(*) > 1 ORDER BY min(m.row)
        """,
        static r => Rows.Strings(r.GetString(0)).Select(MemoryId.FromStore).ToArray(), ns.Value, afterSequence);

    public StoreCounts Counts()
    {
        var byState = session.Query("SELECT state, count(*) FROM memories WHERE namespace = ?1 GROUP BY state",
            static r => (Names.ParseState(r.GetString(0)), r.GetInt32(1)), ns.Value);
        var byKind = session.Query("SELECT kind, count(*) FROM memories WHERE namespace = ?1 AND state = 'active' GROUP BY kind",
            static r => (Names.ParseKind(r.GetString(0)), r.GetInt32(1)), ns.Value);
        var histogram = new int[10];
        foreach (var (bin, count) in session.Query(
            "SELECT min(9, CAST(confidence * 10 AS INTEGER)), count(*) FROM memories WHERE namespace = ?1 AND state = 'active' GROUP BY 1",
            static r => (r.GetInt32(0), r.GetInt32(1)), ns.Value))
        {
            histogram[bin] = count;
        }

        return new StoreCounts(
            byState.ToDictionary(static r => r.Item1, static r => r.Item2),
            byKind.ToDictionary(static r => r.Item1, static r => r.Item2),
            histogram);
    }

    public NamespaceUsage Usage() =>
        session.Query("SELECT memories, bytes FROM usage WHERE namespace = ?1", static r => new NamespaceUsage(r.GetInt64(0), r.GetInt64(1)), ns.Value).FirstOrDefault();

    public IReadOnlyList<string> TagsStartingWith(string prefix, int limit) => session.Query(
        """
        SELECT t.tag FROM tags t JOIN memories m ON m.row = t.memory
        WHERE m.namespace = ?1 AND m.state = 'active' AND substr(t.tag, 1, length(?2)) = ?2 COLLATE NOCASE
        GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT ?3
        """,
        static r => r.GetString(0), ns.Value, prefix, limit);

    public IReadOnlyList<Run> Runs(int limit, RunId? after = null) => session.Query(
        $"""
        SELECT {RunColumns} FROM runs
        WHERE namespace = ?1 AND (?3 IS NULL OR (started_at, id) < (SELECT started_at, id FROM runs WHERE +namespace = ?1 AND id = ?3))
        ORDER BY started_at DESC, id DESC LIMIT ?2
        """,
        Rows.Run, ns.Value, limit, after?.Value);

    public Run? LastCompletedRun() => session.Query(
        $"SELECT {RunColumns} FROM runs WHERE namespace = ?1 AND state = 'completed' ORDER BY started_at DESC, id DESC LIMIT 1",
        Rows.Run, ns.Value).FirstOrDefault();

    public Run? FindRun(RunId id) => session.Query(
        $"SELECT {RunColumns} FROM runs WHERE +namespace = ?1 AND id = ?2", Rows.Run, ns.Value, id.Value).FirstOrDefault();

    public IReadOnlyList<JournalEntry> JournalOf(RunId id, IReadOnlyCollection<int>? units = null) => session.Query(
        """
        SELECT j.run, j.unit, m.id, j.before, j.after, j.reason, j.undone FROM journal j
        JOIN memories m ON m.row = j.memory JOIN runs r ON r.id = j.run
        WHERE +r.namespace = ?1 AND +m.namespace = ?1 AND j.run = ?2 AND (?3 IS NULL OR j.unit IN (SELECT value FROM json_each(?3))) ORDER BY j.row
        """,
        Rows.Journal, ns.Value, id.Value, units is null ? null : Rows.List(units.Select(static u => (long)u)));

    public IReadOnlyList<JournalEntry> ChangesAfter(JournalEntry change) => session.Query(
        """
        SELECT j.run, j.unit, m.id, j.before, j.after, j.reason, j.undone FROM journal j JOIN memories m ON m.row = j.memory
        WHERE +m.namespace = ?1 AND m.id = ?2 AND j.undone = 0
          AND j.row > (SELECT max(o.row) FROM journal o WHERE o.run = ?3 AND o.unit = ?4 AND o.memory = m.row) ORDER BY j.row
        """,
        Rows.Journal, ns.Value, change.Memory.Value, change.Run.Value, change.Unit);

    protected static string List(IEnumerable<MemoryId> ids) => Rows.List(ids.Select(static i => i.Value));

    private const string RunColumns =
        "id, namespace, scope, cause, state, holder, started_at, finished_at, seen_sequence, merged, rescored, archived, superseded, contested, outcome, "
        + "(SELECT count(DISTINCT unit) FROM journal WHERE run = runs.id AND undone = 1)";

    private static IEnumerable<LexicalMatch> Sum(IEnumerable<LexicalMatch> a, IEnumerable<LexicalMatch> b) =>
        a.Concat(b).GroupBy(static m => m.Memory.Id).Select(static g => new LexicalMatch(g.First().Memory, g.Sum(static m => m.Bm25)));

    private static LexicalMatch[] Ranked(IEnumerable<LexicalMatch> matches, int limit) =>
        [.. matches.OrderByDescending(static m => m.Bm25).ThenBy(static m => m.Memory.Sequence).Take(limit)];

    private List<LexicalMatch> Match(string sql, MemoryFilter filter, int limit, params string[] expressions) => Indexed.Query(
        sql, static r => new LexicalMatch(Rows.Memory(r), r.GetDouble(Rows.MemoryColumnCount)), [.. Arguments(filter, limit), .. expressions]);

    private object?[] Arguments(MemoryFilter filter, int limit) =>
    [
        ns.Value,
        Rows.List((filter.States.Count > 0 ? filter.States : MemoryFilter.AllStates).Select(Names.Of)),
        filter.Kinds.Count == 0 ? null : Rows.List(filter.Kinds.Select(Names.Of)),
        filter.Tags.Count == 0 ? null : Rows.List(filter.Tags),
        filter.AllTags ? filter.Tags.Distinct(StringComparer.Ordinal).Count() : 1,
        filter.Since is { } since ? Rows.Time(since) : null,
        filter.Until is { } until ? Rows.Time(until) : null,
        filter.MinConfidence,
        limit,
    ];
}
