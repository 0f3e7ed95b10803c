using Memory.Core.Memories;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>
/// Indexes that were kept in parts of about a megabyte. Each part is written in a transaction of its own, so that others store meanwhile; only a
/// whole one is ever read.
/// </summary>
internal static class IndexSnapshots
{
    public static long? Sequence(SqliteSession session, Namespace ns, string model, string build) =>
        Whole(session, ns, model, build) is { } whole ? whole.Sequence : null;

    public static long? Visit(SqliteSession session, Namespace ns, string model, string build, IndexPartVisitor visit)
    {
        try
        {
            return Whole(session, ns, model, build) is { } whole && Visit(session, whole.Number, whole.Parts, visit) ? whole.Sequence : null;
        }
        catch (SqliteException)
        {
            // A page of it cannot be read; if the memories cannot either, reading them says so.
            return null;
        }
    }

    public static long? Begin(SqliteSession session, Namespace ns, string model, string build, long sequence)
    {
        // The index that is to be kept may not know of it yet.
        if (session.Scalar("SELECT count(*) FROM memories WHERE +namespace = ?1 AND sequence > ?2 AND state = 'forgotten'", ns.Value, sequence) > 0)
        {
            return null;
        }

        // Two that begin at once would both be kept.
        End(session, ns, model);
        return session.Scalar(
            "INSERT INTO index_snapshots (namespace, model, build, sequence, state, parts) VALUES (?1, ?2, ?3, ?4, 'begun', 0) RETURNING number",
            ns.Value, model, build, sequence);
    }

    public static bool Add(SqliteSession session, Namespace ns, long snapshot, int section, ReadOnlyMemory<byte> data)
    {
        var goesOn = session.Execute("UPDATE index_snapshots SET parts = parts + 1 WHERE namespace = ?1 AND number = ?2 AND state = 'begun'", ns.Value, snapshot) > 0;
        if (goesOn)
        {
            session.Execute("INSERT INTO index_parts (snapshot, section, checksum, data) VALUES (?1, ?2, ?3, ?4)", snapshot, section, PartStream.ChecksumOf(data.Span), data);
        }

        return goesOn;
    }

    public static bool Complete(SqliteSession session, Namespace ns, long snapshot) =>
        session.Execute("UPDATE index_snapshots SET state = 'whole' WHERE namespace = ?1 AND number = ?2 AND state = 'begun'", ns.Value, snapshot) > 0;

    public static bool RemovePart(SqliteSession session, Namespace ns, string model)
    {
        End(session, ns, model);
        var removed = session.Execute(
            """
            DELETE FROM index_parts WHERE part = (
              SELECT p.part FROM index_parts p JOIN index_snapshots s ON s.number = p.snapshot WHERE s.namespace = ?1 AND s.model = ?2 LIMIT 1)
            """,
            ns.Value, model);
        if (removed == 0)
        {
            session.Execute("DELETE FROM index_snapshots WHERE namespace = ?1 AND model = ?2", ns.Value, model);
        }

        return removed > 0;
    }

    /// <summary>How many of those that are whole lack a part or have a damaged one.</summary>
    public static int CountDamaged(SqliteSession session) => session
        .Query("SELECT number, parts FROM index_snapshots WHERE state = 'whole'", static r => (Number: r.GetInt64(0), Parts: r.GetInt32(1)))
        .Count(s => !Visit(session, s.Number, s.Parts, static (_, data) => data.CopyTo(Stream.Null)));

    /// <summary>Removes those of a namespace, but not of the models named.</summary>
    public static void RemoveAll(SqliteSession session, Namespace ns, IReadOnlyCollection<string> exceptModels)
    {
        var kept = Rows.List(exceptModels);
        session.Execute(
            """
            DELETE FROM index_parts WHERE snapshot IN (
              SELECT number FROM index_snapshots WHERE namespace = ?1 AND model NOT IN (SELECT value FROM json_each(?2)))
            """,
            ns.Value, kept);
        session.Execute("DELETE FROM index_snapshots WHERE namespace = ?1 AND model NOT IN (SELECT value FROM json_each(?2))", ns.Value, kept);
    }

    /// <summary>Removes those of all namespaces.</summary>
    public static void RemoveEvery(SqliteSession session)
    {
        session.Execute("DELETE FROM index_parts");
        session.Execute("DELETE FROM index_snapshots");
    }

    // Nothing is read of them any more, and nothing added to them.
    private static void End(SqliteSession session, Namespace ns, string model) =>
        session.Execute("UPDATE index_snapshots SET state = 'ending' WHERE namespace = ?1 AND model = ?2 AND state <> 'ending'", ns.Value, model);

    private static bool Visit(SqliteSession session, long number, int parts, IndexPartVisitor visit)
    {
        var rows = session.Query(
            "SELECT part, section, checksum FROM index_parts WHERE snapshot = ?1 ORDER BY part",
            static r => (Part: r.GetInt64(0), Section: unchecked((int)r.GetInt64(1)), Checksum: r.GetInt64(2)), number);
        return rows.Count == parts && rows.TrueForAll(row =>
        {
            session.Require(raw.sqlite3_blob_open(session.Connection.Handle, "main", "index_parts", "data", row.Part, flags: 0, out var blob));
            using (blob)
            {
                using var data = new PartStream(session, blob);
                using var buffered = new BufferedStream(data);
                visit(row.Section, buffered);
                return data.Checksum == row.Checksum;
            }
        });
    }

    private static (long Number, long Sequence, int Parts)? Whole(SqliteSession session, Namespace ns, string model, string build) => session.Query(
        "SELECT number, sequence, parts FROM index_snapshots WHERE namespace = ?1 AND model = ?2 AND build = ?3 AND state = 'whole' ORDER BY number DESC LIMIT 1",
        static r => (r.GetInt64(0), r.GetInt64(1), r.GetInt32(2)), ns.Value, model, build) is [var whole] ? whole : null;
}
