using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;

namespace Memory.Core.Tests.Storage.Sqlite;

public sealed class SqliteMemoryStoreContractTests : MemoryStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override IMemoryStore Open() => new SqliteMemoryStore(_folder.File("memory.db"), Time);

    protected override void Remove() => _folder.Dispose();
}
