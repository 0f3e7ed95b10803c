using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Texts;
using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Micro;

/// <summary>A store in a temporary folder with memories in it.</summary>
internal sealed class FilledStore : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory-benchmark-").FullName;
    private readonly RealText _text = new(seed: 1);
    private readonly Random _random = new(2);
    private readonly int _memories;
    private int _next;

    private FilledStore(int memories)
    {
        _next = _memories = memories;
        Store = new SqliteMemoryStore(Path.Combine(_folder, "memory.db"), TimeProvider.System);

        // Another seed than that of the filling: the same one would yield the same ids.
        Memories = new MemoryService(Store, TimeProvider.System, new Random(4), embeddings: Embeddings);
    }

    public EmbeddingSource Embeddings { get; } = new(StaticEmbedder.DefaultPath);

    public SqliteMemoryStore Store { get; }

    public MemoryService Memories { get; }

    public static async Task<FilledStore> CreateAsync(int memories)
    {
        var filled = new FilledStore(memories);
        await DirectFill.FillAsync(filled.Store, filled.Embeddings, filled._text, memories);
        return filled;
    }

    /// <summary>A statement that is not stored yet.</summary>
    public NewMemory NextStatement() => new() { Content = _text.Statement(_next++) };

    /// <summary>A question about one of the memories.</summary>
    public string Question() => _text.Question(_random.Next(_memories));

    public async ValueTask DisposeAsync()
    {
        await Memories.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
