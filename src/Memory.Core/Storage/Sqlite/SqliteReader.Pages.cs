using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

internal partial class SqliteReader
{
    private const string PageAfter = $"""
        SELECT {Rows.MemoryColumns} FROM memories m
        WHERE {Filtered} AND (?10 IS NULL OR (m.created_at, m.row) < (SELECT created_at, row FROM memories WHERE +namespace = ?1 AND id = ?10))
        ORDER BY m.created_at DESC, m.row DESC LIMIT ?9
        """;

    public IReadOnlyList<MemoryRecord> Page(MemoryFilter filter, MemoryId? after, int limit) =>
        session.Query(PageAfter, Rows.Memory, [.. Arguments(filter, limit), after?.Value]);
}
