using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Index;

namespace Memory.Benchmarks.Micro;

/// <summary>The index in memory of a filled store, as recall keeps it.</summary>
internal sealed class FilledIndex : IAsyncDisposable
{
    private FilledIndex(FilledStore filled)
    {
        Filled = filled;
        Table = filled.Embeddings.Table ?? throw new InvalidOperationException("The table of embeddings does not lie beside the benchmarks.");
        Index = new NamespaceIndex(Table.Model.Dimensions);
    }

    public FilledStore Filled { get; }

    public StaticEmbedder Table { get; }

    public NamespaceIndex Index { get; }

    public static async Task<FilledIndex> CreateAsync(int memories)
    {
        var index = new FilledIndex(await FilledStore.CreateAsync(memories));
        await index.CatchUpAsync();
        return index;
    }

    /// <summary>Reads what changed in the store.</summary>
    /// <returns>How many entries there are now.</returns>
    public Task<int> CatchUpAsync() => Filled.Store.ReadAsync(Namespace.Default, reader =>
    {
        Index.CatchUp(reader, Table.Model.ToString());
        return Index.Count;
    });

    public ValueTask DisposeAsync() => Filled.DisposeAsync();
}
