using System.Runtime.InteropServices;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <inheritdoc cref="IMemoryWriter"/>
internal sealed partial class SqliteWriter(SqliteSession session, Namespace ns) : SqliteReader(session, ns), IMemoryWriter
{
    // Every statement on one memory names the namespace too.
    private const string RowOf = "(SELECT row FROM memories WHERE +namespace = ?1 AND id = ?2)";

    private readonly List<(long Row, string Content, string? Spread)> _unindexed = [];
    private MemoryId? _inserted;
    private long _insertedRow;
    private long? _lastSequence;

    public MemoryRecord Insert(MemoryRecord memory)
    {
        if (memory.Namespace != Namespace)
        {
            throw new ArgumentException($"A memory of '{memory.Namespace}' cannot be written to '{Namespace}'.", nameof(memory));
        }

        var stored = memory with { Sequence = NextSequence() };
        var spread = UnspacedText.Spread(stored.Content);
        var row = Session.Scalar(
            """
            INSERT INTO memories (namespace, id, identity_hash, statement_hash, kind, importance, source, session, state, confidence,
              confidence_at, created_at, updated_at, occurred_at, valid_until, sequence, content, spread)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) RETURNING row
            """,
            Namespace.Value, stored.Id.Value, Folding.Hash(Folding.Identity(stored.Content)), Folding.Hash(Folding.Statement(stored.Content)),
            Names.Of(stored.Kind), stored.Importance, stored.Source, stored.Session, Names.Of(stored.State), stored.Confidence,
            Rows.Time(stored.ConfidenceAt), Rows.Time(stored.CreatedAt), Rows.Time(stored.UpdatedAt),
            stored.OccurredAt is { } occurred ? Rows.Time(occurred) : null,
            stored.ValidUntil is { } until ? Rows.Time(until) : null,
            stored.Sequence, stored.Content, spread);
        _unindexed.Add((row, stored.Content, spread));
        WriteTags(stored);
        _inserted = stored.Id;
        _insertedRow = row;
        return stored;
    }

    /// <summary>
    /// Puts what was inserted into the indexes of words. At the end of the transaction: FTS5 makes a segment of what it holds before each
    /// statement that triggers make longer, and the fewer segments, the sooner a word is found.
    /// </summary>
    public void IndexWords()
    {
        foreach (var (row, content, spread) in _unindexed)
        {
            Session.Execute("INSERT INTO memory_words (rowid, content) VALUES (?1, ?2)", row, content);
            if (spread is not null)
            {
                Session.Execute("INSERT INTO memory_trigrams (rowid, spread) VALUES (?1, ?2)", row, spread);
            }
        }

        _unindexed.Clear();
    }

    public MemoryRecord Update(MemoryRecord memory)
    {
        var stored = memory with { Sequence = NextSequence() };
        var updated = Session.Execute(
            """
            UPDATE memories SET kind = ?3, importance = ?4, state = ?5, confidence = ?6, confidence_at = ?7,
              updated_at = ?8, occurred_at = ?9, valid_until = ?10, sequence = ?11
            WHERE +namespace = ?1 AND id = ?2
            """,
            Namespace.Value, stored.Id.Value, Names.Of(stored.Kind), stored.Importance, Names.Of(stored.State), stored.Confidence,
            Rows.Time(stored.ConfidenceAt), Rows.Time(stored.UpdatedAt),
            stored.OccurredAt is { } occurred ? Rows.Time(occurred) : null,
            stored.ValidUntil is { } until ? Rows.Time(until) : null,
            stored.Sequence);
        if (updated == 0)
        {
            throw new InvalidOperationException($"There is no memory '{memory.Id}' in '{Namespace}' to update.");
        }

        var tags = Session.Query($"SELECT tag FROM tags WHERE memory = {RowOf}", static r => r.GetString(0), Namespace.Value, stored.Id.Value);
        if (!tags.ToHashSet(StringComparer.Ordinal).SetEquals(stored.Tags))
        {
            Session.Execute($"DELETE FROM tags WHERE memory = {RowOf}", Namespace.Value, stored.Id.Value);
            WriteTags(stored);
            Mentions.Rewrite(Session, Row(stored.Id));
        }

        return stored;
    }

    public void Erase(IReadOnlyCollection<MemoryId> ids)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            // Whoever asked a question that it answered may have named what it said, and a plan may hold its words.
            ForgetQueriesAnsweredBy(id);
            EmptyPlansOf(id);
            tags.UnionWith(JournalTraces.Tags(Session, Namespace, id));
            Properties.SetPurgePending(Session, EraseRow(id));
        }

        JournalTraces.Remove(Session, Namespace, ids, tags);
    }

    public void Retract(MemoryId id) => EraseRow(id);

    private long EraseRow(MemoryId id)
    {
        IndexWords();
        Mentions.Remove(Session, Row(id));
        var sequence = NextSequence();
        Session.Execute(
            """
            UPDATE memories SET content = '', spread = NULL, identity_hash = 0, statement_hash = 0, importance = 0, source = '',
              session = NULL, state = 'forgotten', confidence = 0, occurred_at = NULL, valid_until = NULL, sequence = ?3
            WHERE +namespace = ?1 AND id = ?2
            """,
            Namespace.Value, id.Value, sequence);
        Session.Execute($"DELETE FROM tags WHERE memory = {RowOf}", Namespace.Value, id.Value);
        Session.Execute($"DELETE FROM evidence WHERE memory = {RowOf}", Namespace.Value, id.Value);
        Session.Execute($"DELETE FROM recalls WHERE memory = {RowOf}", Namespace.Value, id.Value);
        Session.Execute($"DELETE FROM vectors WHERE memory = {RowOf}", Namespace.Value, id.Value);
        IndexSnapshots.RemoveAll(Session, Namespace, []);
        // A merge joins tags: those of this memory stand in what the same units did to others too. No such unit can be undone any more.
        Session.Execute(
            $"""
            UPDATE journal SET before = json_remove(before, '$.tags'), after = json_remove(after, '$.tags')
            WHERE (run, unit) IN (SELECT run, unit FROM journal WHERE memory = {RowOf})
            """,
            Namespace.Value, id.Value);
        Session.Execute($$"""UPDATE journal SET before = '{}', after = '{}' WHERE memory = {{RowOf}}""", Namespace.Value, id.Value);
        return sequence;
    }

    public void SetVector(MemoryId id, string model, StoredVector vector, bool isChange = true)
    {
        var isNew = id == _inserted;
        var bytes = MemoryMarshal.AsBytes(vector.Values.Span).ToArray();
        if (isNew ? InsertVector(model, vector.Scale, bytes) == 0 : ReplaceVector(id, model, vector.Scale, bytes) == 0)
        {
            Session.Execute("INSERT INTO models (name) VALUES (?1) ON CONFLICT DO NOTHING", model);
            ReplaceVector(id, model, vector.Scale, bytes);
        }

        // Whoever reads the memory that was just inserted reads its vector with it.
        if (!isNew && isChange)
        {
            Touch(id);
        }
    }

    public void RemoveVectorsExcept(IReadOnlyCollection<string> models)
    {
        Session.Execute(
            """
            DELETE FROM vectors WHERE model NOT IN (SELECT id FROM models WHERE name IN (SELECT value FROM json_each(?2)))
              AND memory IN (SELECT row FROM memories WHERE namespace = ?1)
            """,
            Namespace.Value, Rows.List(models));
        IndexSnapshots.RemoveAll(Session, Namespace, models);
    }

    public long? BeginIndex(string model, string build, long sequence) => IndexSnapshots.Begin(Session, Namespace, model, build, sequence);

    public bool AddIndexPart(long index, int section, ReadOnlyMemory<byte> data) => IndexSnapshots.Add(Session, Namespace, index, section, data);

    public bool CompleteIndex(long index) => IndexSnapshots.Complete(Session, Namespace, index);

    public bool RemoveIndexPart(string model) => IndexSnapshots.RemovePart(Session, Namespace, model);

    public void AddEvidence(MemoryId id, Evidence evidence) => Session.Execute(
        $"INSERT INTO evidence (memory, kind, source, session, at, note, statement) VALUES ({RowOf}, ?3, ?4, ?5, ?6, ?7, ?8)",
        Namespace.Value, id.Value, Names.Of(evidence.Kind), evidence.Source, evidence.Session, Rows.Time(evidence.At), evidence.Note, evidence.Statement);

    public bool AddLink(Link link) => Session.Execute(
        $"""
        INSERT INTO links (from_memory, to_memory, kind, at)
        VALUES ({RowOf}, (SELECT row FROM memories WHERE +namespace = ?1 AND id = ?3), ?4, ?5) ON CONFLICT DO NOTHING
        """,
        Namespace.Value, link.From.Value, link.To.Value, Names.Of(link.Kind), Rows.Time(link.At)) > 0;

    public void Touch(MemoryId id) => Session.Execute("UPDATE memories SET sequence = ?3 WHERE +namespace = ?1 AND id = ?2", Namespace.Value, id.Value, NextSequence());

    public void RemoveLink(MemoryId from, MemoryId to, LinkKind kind) => Session.Execute(
        $"""
        DELETE FROM links WHERE from_memory = {RowOf}
          AND to_memory = (SELECT row FROM memories WHERE +namespace = ?1 AND id = ?3) AND kind = ?4
        """,
        Namespace.Value, from.Value, to.Value, Names.Of(kind));

    public void AddRecallUses(IReadOnlyDictionary<MemoryId, RecallUse> uses)
    {
        foreach (var (id, use) in uses)
        {
            Session.Execute(
                """
                INSERT INTO recalls (memory, count, last_at)
                SELECT row, ?3, ?4 FROM memories WHERE +namespace = ?1 AND id = ?2 AND state <> 'forgotten'
                ON CONFLICT (memory) DO UPDATE SET count = count + excluded.count, last_at = max(last_at, excluded.last_at)
                """,
                Namespace.Value, id.Value, use.Count, Rows.Time(use.LastAt ?? default));
        }
    }

    public void AddRun(Run run) => Session.Execute(
        """
        INSERT INTO runs (namespace, id, scope, cause, state, holder, started_at, finished_at, seen_sequence, merged, rescored, archived,
          superseded, contested, outcome)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
        """,
        Namespace.Value, run.Id.Value, Names.Of(run.Scope), Names.Of(run.Cause), Names.Of(run.State), run.Holder, Rows.Time(run.StartedAt),
        run.FinishedAt is { } finished ? Rows.Time(finished) : null, run.SeenSequence, run.Counts.Merged, run.Counts.Rescored, run.Counts.Archived,
        run.Counts.Superseded, run.Counts.Contested, Rows.Text(run.Outcome));

    public void SaveRun(Run run) => Session.Execute(
        """
        UPDATE runs SET state = ?3, finished_at = ?4, seen_sequence = ?5, merged = ?6, rescored = ?7, archived = ?8, superseded = ?9, contested = ?10,
          outcome = ?11, holder = ?12
        WHERE +namespace = ?1 AND id = ?2
        """,
        Namespace.Value, run.Id.Value, Names.Of(run.State), run.FinishedAt is { } finished ? Rows.Time(finished) : null, run.SeenSequence,
        run.Counts.Merged, run.Counts.Rescored, run.Counts.Archived, run.Counts.Superseded, run.Counts.Contested, Rows.Text(run.Outcome), run.Holder);

    public void InterruptRunningRuns() => Session.Execute(
        "UPDATE runs SET state = 'interrupted' WHERE namespace = ?1 AND state = 'running'", Namespace.Value);

    public void AddJournal(JournalEntry entry) => Session.Execute(
        $"INSERT INTO journal (memory, run, unit, before, after, reason) VALUES ({RowOf}, ?3, ?4, ?5, ?6, ?7)",
        Namespace.Value, entry.Memory.Value, entry.Run.Value, entry.Unit, Rows.Text(entry.Before), Rows.Text(entry.After), entry.Reason);

    public void MarkUndone(RunId run, int unit, IReadOnlyCollection<MemoryId>? memories = null) => Session.Execute(
        """
        UPDATE journal SET undone = 1 WHERE run = (SELECT id FROM runs WHERE +namespace = ?1 AND id = ?2) AND unit = ?3
          AND (?4 IS NULL OR +memory IN (SELECT row FROM memories WHERE +namespace = ?1 AND id IN (SELECT value FROM json_each(?4))))
        """,
        Namespace.Value, run.Value, unit, memories is null ? null : List(memories));

    protected override SqliteSession Indexed
    {
        get
        {
            IndexWords();
            return Session;
        }
    }

    public string? LeaseHolder(string name) => Leases.Holder(Session, name);

    // Of the memory that was just inserted.
    private int InsertVector(string model, float scale, byte[] bytes) => Session.Execute(
        "INSERT INTO vectors (memory, model, scale, vector) SELECT ?1, id, ?3, ?4 FROM models WHERE name = ?2",
        _insertedRow, model, scale, bytes);

    private int ReplaceVector(MemoryId id, string model, float scale, byte[] bytes) => Session.Execute(
        $"INSERT OR REPLACE INTO vectors (memory, model, scale, vector) SELECT {RowOf}, id, ?4, ?5 FROM models WHERE name = ?3",
        Namespace.Value, id.Value, model, scale, bytes);

    private long Row(MemoryId id) => Session.Scalar("SELECT row FROM memories WHERE +namespace = ?1 AND id = ?2", Namespace.Value, id.Value);

    // No other writer is at work meanwhile: asked once, then counted.
    private long NextSequence()
    {
        var next = 1 + (_lastSequence ?? LastSequence());
        _lastSequence = next;
        return next;
    }

    private void WriteTags(MemoryRecord memory)
    {
        foreach (var tag in memory.Tags)
        {
            Session.Execute($"INSERT INTO tags (memory, tag) VALUES ({RowOf}, ?3)", Namespace.Value, memory.Id.Value, tag);
        }
    }
}
