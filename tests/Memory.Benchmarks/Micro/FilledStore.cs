using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Micro;

/// <summary>A store in a temporary folder with synthetic memories in it.</summary>
internal sealed class FilledStore : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory-benchmark-").FullName;
    private readonly List<string> _statements = [];

    private FilledStore()
    {
        Store = new SqliteMemoryStore(Path.Combine(_folder, "memory.db"), TimeProvider.System);
        Memories = new MemoryService(Store, TimeProvider.System, new Random(1), embeddings: new EmbeddingSource(StaticEmbedder.DefaultPath));
    }

    public SyntheticText Text { get; } = new(seed: 1);

    public SqliteMemoryStore Store { get; }

    public MemoryService Memories { get; }

    public IReadOnlyList<string> Statements => _statements;

    public static async Task<FilledStore> CreateAsync(int memories)
    {
        var filled = new FilledStore();
        while (filled._statements.Count < memories)
        {
            var batch = Enumerable.Range(0, MemoryService.MaxBatch).Select(_ => filled.Text.Statement()).ToArray();
            filled._statements.AddRange(batch);
            await filled.Memories.StoreAsync(Namespace.Default, [.. batch.Select(static s => new NewMemory { Content = s })]);
        }

        return filled;
    }

    public async ValueTask DisposeAsync()
    {
        await Memories.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
