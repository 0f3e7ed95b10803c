using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Memory.Core.Memories;
using SQLitePCL;

namespace Memory.Core.Storage.Sqlite;

/// <summary>Reads what an index in memory needs, row by row, straight from SQLite's own buffers: a start reads every memory there is.</summary>
internal static class IndexRows
{
    // When a memory ceased to be active, by what ended it: its successor, the run that archived it (which leaves updated_at alone), or a write.
    private const string Memories = """
        SELECT m.row, m.id, m.content, m.kind, m.state, m.importance, m.confidence, m.created_at, coalesce(m.occurred_at, m.created_at),
        CASE m.state WHEN 'active' THEN NULL ELSE coalesce(
          (SELECT max(l.at) FROM links l WHERE l.from_memory = m.row),
          (SELECT max(r.started_at) FROM journal j JOIN runs r ON r.id = j.run
            WHERE j.memory = m.row AND j.undone = 0 AND json_type(j.after, '$.state') IS NOT NULL),
          m.updated_at) END,
        m.session, m.sequence
        FROM memories m WHERE +m.namespace = ?1
        """;

    // Both in the order of rows, in which the memories were stored: the places in a session follow from it. What changed is found along the
    // index of changes and sorted, for which the plus is: without it all rows would be read for their order.
    private const string All = Memories + " AND ?2 = 0 ORDER BY m.row";
    private const string Changed = Memories + " AND m.sequence > ?2 ORDER BY +m.row";

    // Of every model: SQLite would pass over those of another one up to the end of the table.
    private const string Vectors = "SELECT memory, model, scale, vector FROM vectors WHERE memory >= ?1 ORDER BY memory";
    private const string Tags = "SELECT memory, tag FROM tags WHERE memory >= ?1 ORDER BY memory";

    public static long Visit(SqliteSession session, Namespace ns, long afterSequence, string model, IndexRowVisitor visit)
    {
        var last = afterSequence;
        var content = ArrayPool<char>.Shared.Rent(1024);
        try
        {
            using var vectors = session.ReadAlong(Vectors);
            using var tags = session.ReadAlong(Tags);
            var modelId = session.Scalar("SELECT id FROM models WHERE name = ?1", model);
            session.Visit(afterSequence == 0 ? All : Changed, statement => last = Math.Max(last, Take(statement, vectors, modelId, tags, ref content, visit)), ns.Value, afterSequence);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(content);
        }

        return last;
    }

    private static long Take(sqlite3_stmt statement, SortedRows vectors, long model, SortedRows tags, ref char[] buffer, IndexRowVisitor visit)
    {
        var memory = raw.sqlite3_column_int64(statement, 0);
        var utf8 = raw.sqlite3_column_blob(statement, 2);
        if (buffer.Length < utf8.Length)
        {
            ArrayPool<char>.Shared.Return(buffer);
            buffer = ArrayPool<char>.Shared.Rent(utf8.Length);
        }

        var length = Encoding.UTF8.GetChars(utf8, buffer);
        var hasVector = MoveToVector(vectors, memory, model);
        visit(new IndexRow
        {
            Id = MemoryId.FromStore(Encoding.ASCII.GetString(raw.sqlite3_column_blob(statement, 1))),
            Content = buffer.AsSpan(0, length),
            Kind = Kind(raw.sqlite3_column_blob(statement, 3)),
            State = State(raw.sqlite3_column_blob(statement, 4)),
            Importance = (float)raw.sqlite3_column_double(statement, 5),
            Confidence = (float)raw.sqlite3_column_double(statement, 6),
            CreatedAt = Rows.Milliseconds(raw.sqlite3_column_int64(statement, 7)),
            When = Rows.Milliseconds(raw.sqlite3_column_int64(statement, 8)),
            EndedAt = raw.sqlite3_column_type(statement, 9) == raw.SQLITE_NULL ? IndexRow.Never : Rows.Milliseconds(raw.sqlite3_column_int64(statement, 9)),
            Session = Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, 10)),
            Tags = TagsOf(memory, tags),
            Scale = hasVector ? (float)raw.sqlite3_column_double(vectors.Current, 2) : 0,
            Vector = hasVector ? MemoryMarshal.Cast<byte, sbyte>(raw.sqlite3_column_blob(vectors.Current, 3)) : [],
        });
        return raw.sqlite3_column_int64(statement, 11);
    }

    private static bool MoveToVector(SortedRows vectors, long memory, long model)
    {
        for (var isOfMemory = model != 0 && vectors.MoveTo(memory); isOfMemory; isOfMemory = vectors.MoveOn())
        {
            if (raw.sqlite3_column_int64(vectors.Current, 1) == model)
            {
                return true;
            }
        }

        return false;
    }

    private static string[] TagsOf(long memory, SortedRows tags)
    {
        if (!tags.MoveTo(memory))
        {
            return [];
        }

        var found = new List<string>();
        do
        {
            found.Add(Encoding.UTF8.GetString(raw.sqlite3_column_blob(tags.Current, 1)));
        }
        while (tags.MoveOn());

        return [.. found];
    }

    // Their first letters tell them apart; a string for each row would be made for nothing.
    private static MemoryState State(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'a', (byte)'c', ..] => MemoryState.Active,
        [(byte)'m', ..] => MemoryState.Merged,
        [(byte)'s', ..] => MemoryState.Superseded,
        [(byte)'a', ..] => MemoryState.Archived,
        _ => MemoryState.Forgotten,
    };

    public static MemoryKind Kind(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'f', ..] => MemoryKind.Fact,
        [(byte)'p', (byte)'r', (byte)'e', ..] => MemoryKind.Preference,
        [(byte)'d', ..] => MemoryKind.Decision,
        [(byte)'p', ..] => MemoryKind.Procedure,
        [(byte)'e', ..] => MemoryKind.Event,
        _ => MemoryKind.Note,
    };
}
