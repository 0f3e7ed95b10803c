using Memory.Core.Memories;

namespace Memory.Core.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    public bool IsTaken(MemoryId id) => Session.Scalar("SELECT count(*) FROM memories WHERE id = ?1", id.Value) > 0;

    public bool IsTaken(RunId id) => Session.Scalar("SELECT count(*) FROM runs WHERE id = ?1", id.Value) > 0;
}
