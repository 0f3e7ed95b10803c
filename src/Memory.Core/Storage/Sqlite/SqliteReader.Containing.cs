using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

/// <content>Text that no index knows.</content>
internal partial class SqliteReader
{
    public IReadOnlyList<MemoryId> Containing(string text, MemoryFilter filter, int limit) => session.Query(
        $"SELECT m.id FROM memories m WHERE {Filtered} AND instr(m.content, ?10) > 0 ORDER BY m.row DESC LIMIT ?9",
        static r => MemoryId.FromStore(r.GetString(0)), [.. Arguments(filter, limit), text]);
}
