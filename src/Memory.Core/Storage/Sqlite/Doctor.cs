using System.Globalization;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Looks for what should not be in a sound store, and puts right what can be put right without losing anything. Every check works on the rows
/// themselves; that the file is sound was checked before.
/// </summary>
internal sealed class Doctor(SqliteSession session, TimeProvider time)
{
    private const int Page = 1_000;

    private const string WrongUsage =
        """
        FROM (
          SELECT n.namespace, (SELECT count(*) FROM memories m WHERE m.namespace = n.namespace AND m.state <> 'forgotten') AS memories,
            coalesce((SELECT sum(octet_length(m.content)) FROM memories m WHERE m.namespace = n.namespace), 0)
            + coalesce((SELECT sum(32 + octet_length(e.source) + coalesce(octet_length(e.session), 0) + coalesce(octet_length(e.note), 0) + coalesce(octet_length(e.statement), 0))
                FROM evidence e JOIN memories m ON m.row = e.memory WHERE m.namespace = n.namespace), 0)
            + coalesce((SELECT sum(octet_length(t.tag)) FROM tags t JOIN memories m ON m.row = t.memory WHERE m.namespace = n.namespace), 0) AS bytes
          FROM (SELECT DISTINCT namespace FROM memories UNION SELECT namespace FROM usage) n) e
        LEFT JOIN usage u ON u.namespace = e.namespace WHERE e.memories <> coalesce(u.memories, 0) OR e.bytes <> coalesce(u.bytes, 0)
        """;

    private static readonly Orphan[] Orphans =
    [
        new("entities", "{0} entities that no memory mentions",
            "SELECT count(*) FROM entities e WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE entity = e.row)",
            "DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE entity = entities.row)"),
        new("entities", "{0} mentions by forgotten memories",
            "SELECT count(*) FROM mentions WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')",
            "DELETE FROM mentions WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')"),
        new("orphans", "{0} tags of forgotten memories",
            "SELECT count(*) FROM tags WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')",
            "DELETE FROM tags WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')"),
        new("orphans", "{0} rows of evidence about forgotten memories",
            "SELECT count(*) FROM evidence WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')",
            "DELETE FROM evidence WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')"),
        new("vectors", "{0} vectors of forgotten memories",
            "SELECT count(*) FROM vectors WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')",
            "DELETE FROM vectors WHERE memory IN (SELECT row FROM memories WHERE state = 'forgotten')"),
        new("lineage", "{0} memories are merged or superseded but nothing says by which; their text is kept, and 'show' finds it",
            "SELECT count(*) FROM memories m WHERE state IN ('merged', 'superseded') AND NOT EXISTS (SELECT 1 FROM links WHERE from_memory = m.row)", null),
        new("lineage", "{0} links lead from a memory of one namespace to one of another",
            "SELECT count(*) FROM links l JOIN memories f ON f.row = l.from_memory JOIN memories t ON t.row = l.to_memory WHERE f.namespace <> t.namespace", null),
        new("orphans", "{0} marks of pairs of which the memories are of two namespaces",
            "SELECT count(*) FROM pair_marks p JOIN memories f ON f.row = p.first JOIN memories s ON s.row = p.second WHERE f.namespace <> s.namespace",
            "DELETE FROM pair_marks WHERE (SELECT namespace FROM memories WHERE row = pair_marks.first) <> (SELECT namespace FROM memories WHERE row = pair_marks.second)"),
        new("journal", "{0} notes of what a run did cannot be read, so that it cannot be undone",
            "SELECT count(*) FROM journal WHERE NOT json_valid(before) OR NOT json_valid(after)", null),
        new("journal", "{0} runs say in no words that can be read what came of them",
            "SELECT count(*) FROM runs WHERE NOT json_valid(outcome)", null),
        new("usage", "{0} namespaces take more or less than is noted of them, which quotas are held against", $"SELECT count(*) {WrongUsage}",
            $"INSERT OR REPLACE INTO usage SELECT e.namespace, e.memories, e.bytes {WrongUsage}"),
        new("evidence", "{0} active memories have no evidence: their confidence cannot be explained",
            """
            SELECT count(*) FROM memories m WHERE state = 'active' AND NOT EXISTS (SELECT 1 FROM evidence WHERE memory = m.row)
              AND NOT EXISTS (SELECT 1 FROM links WHERE to_memory = m.row AND kind = 'merged_into')
            """, null),
    ];

    private readonly List<Finding> _findings = [];

    /// <summary>What was found up to now.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Runs inside a write transaction, also when it only looks: FTS5 compares index and rows on a connection that may write.</summary>
    public IReadOnlyList<Finding> Examine(bool repair)
    {
        _findings.AddRange(SchemaObjects.Examine(session, repair, out var isWhole));
        if (!isWhole)
        {
            return _findings;
        }

        FullText(repair);
        foreach (var table in DanglingRows.All)
        {
            var count = session.Scalar(table.Counting);
            Count("orphans", $"{{0}} rows of '{table.Name}' belong to what is not in the file, and nothing can show them", count, table.Removing, repair);
            if (count > 0 && repair && table.Name == "mentions")
            {
                // What the memories mention is found in their words again.
                Properties.SetMentionsTo(session, 0);
                while (Mentions.WriteSomeNew(session))
                {
                }
            }
        }

        Count("lineage", "{0} memories lead by lineage to themselves, and to no memory that stands for them", LineageCircles.Count(session), null, repair);

        foreach (var orphan in Orphans)
        {
            Count(orphan.Check, orphan.Problem, session.Scalar(orphan.Counting), orphan.Repairing, repair);
        }

        foreach (var column in WrongValues.Times)
        {
            Count("times", $"{{0}} rows of '{column.Table}' have in '{column.Name}' no time of the years 1 to 9999, and cannot be read", session.Scalar(column.Counting), null, repair);
        }

        foreach (var column in WrongValues.Namespaces)
        {
            Count("namespaces", $"{{0}} rows of '{column.Table}' are of a namespace that cannot be named; allowed are {Namespace.Allowed}", session.Scalar(column.Counting), null, repair);
        }

        Vectors(repair);
        Hashes(repair);
        LeasesAndRuns(repair);
        if (IndexSnapshots.CountDamaged(session) is > 0 and var damaged)
        {
            _findings.Add(new Finding("kept indexes", $"{damaged} indexes that are kept for the next start are damaged; it reads the memories instead.", CanRepair: true, IsRepaired: repair));
        }

        if (_findings.Exists(static f => f.IsRepaired))
        {
            // They were kept of what was there before.
            IndexSnapshots.RemoveEvery(session);
        }

        if (Properties.PurgePending(session) is not null)
        {
            // Whoever repairs purges afterwards: it cannot be done inside a transaction.
            _findings.Add(new Finding("forgetting", "Traces of what was forgotten may remain in the files.", CanRepair: true));
        }

        return _findings;
    }

    private void FullText(bool repair)
    {
        if (Integrity.CheckIndexes(session) is not { } damage)
        {
            return;
        }

        if (repair)
        {
            session.Execute("INSERT INTO memory_words (memory_words) VALUES ('rebuild')");
            session.Execute("INSERT INTO memory_trigrams (memory_trigrams) VALUES ('rebuild')");
        }

        _findings.Add(new Finding("full-text index", $"{Capital(damage)}.", CanRepair: true, IsRepaired: repair && Integrity.CheckIndexes(session) is null));
    }

    // A model is named name/dimensions/version; a vector has one byte a dimension.
    private void Vectors(bool repair)
    {
        foreach (var (model, name, length, count) in session.Query(
            "SELECT v.model, mo.name, length(v.vector), count(*) FROM vectors v JOIN models mo ON mo.id = v.model GROUP BY v.model, length(v.vector)",
            static r => (r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3))))
        {
            var parts = name.Split('/');
            if (parts.Length < 3 || !int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions) || dimensions == length)
            {
                continue;
            }

            if (repair)
            {
                session.Execute("DELETE FROM vectors WHERE model = ?1 AND length(vector) = ?2", model, length);
            }

            _findings.Add(new Finding("vectors", $"{count} vectors of {name} have {length} dimensions; they are made anew.", CanRepair: true, IsRepaired: repair));
        }
    }

    private void Hashes(bool repair)
    {
        var wrong = 0L;
        for (var last = 0L; ;)
        {
            var page = session.Query(
                "SELECT row, content, identity_hash, statement_hash FROM memories WHERE row > ?1 AND state <> 'forgotten' ORDER BY row LIMIT ?2",
                static r => (Row: r.GetInt64(0), Content: r.GetString(1), Identity: r.GetInt64(2), Statement: r.GetInt64(3)), last, Page);
            if (page.Count == 0)
            {
                break;
            }

            last = page[^1].Row;
            foreach (var (row, content, identity, statement) in page)
            {
                var (expected, consolidated) = (Folding.Hash(Folding.Identity(content)), Folding.Hash(Folding.Statement(content)));
                if (expected == identity && consolidated == statement)
                {
                    continue;
                }

                wrong++;
                if (repair)
                {
                    session.Execute("UPDATE memories SET identity_hash = ?2, statement_hash = ?3 WHERE row = ?1", row, expected, consolidated);
                }
            }
        }

        if (wrong > 0)
        {
            _findings.Add(new Finding("hashes", $"{wrong} memories are not found by their own words when the same is stored again.", CanRepair: true, IsRepaired: repair));
        }
    }

    private void LeasesAndRuns(bool repair)
    {
        var now = time.GetUtcNow();
        var leases = session.Query("SELECT name, holder, expires_at FROM leases", static r => (Name: r.GetString(0), Holder: r.GetString(1), Expires: Rows.Time(Math.Clamp(r.GetInt64(2), 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))));
        foreach (var (name, holder, expires) in leases.Where(l => IsStale(l.Holder, l.Expires, now)))
        {
            if (repair)
            {
                Leases.Release(session, name, holder);
            }

            _findings.Add(new Finding("lease", $"The lease '{name}' is held by {holder}, which is gone; it runs out at {expires:u}.", CanRepair: true, IsRepaired: repair));
        }

        if (leases.All(l => IsStale(l.Holder, l.Expires, now)))
        {
            Count("runs", "{0} runs are noted as running, and nobody is at work; the next consolidation finishes what they began",
                session.Scalar("SELECT count(*) FROM runs WHERE state = 'running'"), "UPDATE runs SET state = 'interrupted' WHERE state = 'running'", repair);
        }
    }

    private static bool IsStale(string holder, DateTimeOffset expires, DateTimeOffset now) => expires <= now || !ProcessIdentity.MayBeAlive(holder);

    private void Count(string check, string problem, long count, string? repairing, bool repair)
    {
        if (count > 0)
        {
            if (repair && repairing is not null)
            {
                session.Execute(repairing);
            }

            _findings.Add(new Finding(check, string.Format(CultureInfo.InvariantCulture, problem, count) + ".", repairing is not null, repair && repairing is not null));
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed record Orphan(string Check, string Problem, string Counting, string? Repairing);
}
