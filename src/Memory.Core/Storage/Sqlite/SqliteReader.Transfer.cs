using System.Runtime.InteropServices;
using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

internal partial class SqliteReader
{
    public IReadOnlyList<(long Place, MemoryRecord Memory)> StoredAfter(long place, int limit) => Session.Query(
        $"SELECT {Rows.MemoryColumns}, m.row FROM memories m WHERE +m.namespace = ?1 AND m.row > ?2 ORDER BY m.row LIMIT ?3",
        static r => (r.GetInt64(Rows.MemoryColumnCount), Rows.Memory(r)), Namespace.Value, place, limit);

    public IReadOnlyList<EmbeddedStatement> EmbeddedAfter(long place, string model, int limit) => Session.Query(
        """
        SELECT m.row, m.id, m.content, v.scale, v.vector FROM memories m
        JOIN vectors v ON v.memory = m.row AND v.model = (SELECT id FROM models WHERE name = ?2)
        WHERE +m.namespace = ?1 AND m.state <> 'forgotten' AND m.row > ?3 ORDER BY m.row LIMIT ?4
        """,
        static r => new EmbeddedStatement(
            r.GetInt64(0), new Statement(MemoryId.FromStore(r.GetString(1)), r.GetString(2)),
            new StoredVector(r.GetFloat(3), MemoryMarshal.Cast<byte, sbyte>(r.GetBytes(4)).ToArray())),
        Namespace.Value, model, place, limit);

    public IReadOnlyDictionary<MemoryId, StoredVector> VectorsOf(IReadOnlyCollection<MemoryId> ids, string model) => Session.Query(
        """
        SELECT m.id, v.scale, v.vector FROM memories m
        JOIN vectors v ON v.memory = m.row AND v.model = (SELECT id FROM models WHERE name = ?2)
        WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?3))
        """,
        static r => (Id: MemoryId.FromStore(r.GetString(0)), Vector: new StoredVector(r.GetFloat(1), MemoryMarshal.Cast<byte, sbyte>(r.GetBytes(2)).ToArray())),
        Namespace.Value, model, List(ids)).ToDictionary(static v => v.Id, static v => v.Vector);

    public IReadOnlyDictionary<MemoryId, IReadOnlyList<Evidence>> OwnEvidenceOf(IReadOnlyCollection<MemoryId> ids)
    {
        var ledgers = ids.ToDictionary(static id => id, static _ => (IReadOnlyList<Evidence>)new List<Evidence>());
        foreach (var (about, row) in Session.Query(
            """
            SELECT e.kind, e.source, e.session, e.at, e.note, e.statement, m.id FROM memories m JOIN evidence e ON e.memory = m.row
            WHERE +m.namespace = ?1 AND m.id IN (SELECT value FROM json_each(?2)) ORDER BY e.row
            """,
            static r => (MemoryId.FromStore(r.GetString(6)), Rows.Evidence(r)), Namespace.Value, List(ids)))
        {
            ((List<Evidence>)ledgers[about]).Add(row);
        }

        return ledgers;
    }

    public IReadOnlyList<(long Place, JournalEntry Entry)> JournalAfter(long place, int limit) => Session.Query(
        """
        SELECT j.run, j.unit, m.id, j.before, j.after, j.reason, j.undone, j.row FROM journal j
        JOIN memories m ON m.row = j.memory JOIN runs r ON r.id = j.run
        WHERE +r.namespace = ?1 AND +m.namespace = ?1 AND j.row > ?2 ORDER BY j.row LIMIT ?3
        """,
        static r => (r.GetInt64(7), Rows.Journal(r)), Namespace.Value, place, limit);
}
