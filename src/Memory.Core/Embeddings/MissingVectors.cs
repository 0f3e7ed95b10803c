using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Embeddings;

/// <summary>Makes the vectors that memories of a namespace lack: what was stored before there was a table, or with another.</summary>
internal static class MissingVectors
{
    private const int Batch = 100;

    /// <summary>Makes those of the built-in table.</summary>
    /// <param name="store">Where the memories live.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="table">The table; nothing is made when there is none.</param>
    /// <param name="cancellationToken">Ends it between two batches; the next call goes on.</param>
    /// <returns>How many were made.</returns>
    public static async Task<int> MakeAsync(IMemoryStore store, Namespace ns, StaticEmbedder? table, CancellationToken cancellationToken)
    {
        var made = 0;
        while (table is not null && await store.ReadAsync(ns, r => r.WithoutVector(table.Model.ToString(), Batch), cancellationToken) is { Count: > 0 } missing)
        {
            var vectors = missing.Select(s => table.VectorOf(s.Content)).ToArray();
            made += await WriteAsync(store, ns, table.Model, missing, vectors, cancellationToken);
        }

        return made;
    }

    /// <summary>Keeps vectors that were made, each beside its statement.</summary>
    /// <param name="store">Where the memories live.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="model">What made the vectors.</param>
    /// <param name="statements">What they were made of.</param>
    /// <param name="vectors">One for each statement, in their order.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <param name="areIndexed">Whether the indexes in memory hold vectors of this model.</param>
    /// <returns>How many were kept.</returns>
    public static Task<int> WriteAsync(
        IMemoryStore store, Namespace ns, EmbeddingModel model, IReadOnlyList<Statement> statements, IReadOnlyList<StoredVector> vectors, CancellationToken cancellationToken,
        bool areIndexed = true) =>
        store.WriteAsync(
            ns,
            writer =>
            {
                var kept = 0;
                for (var i = 0; i < statements.Count; i++)
                {
                    // It may have been forgotten since it was read: nothing of it may come back.
                    if (writer.Find(statements[i].Id) is { State: not MemoryState.Forgotten })
                    {
                        writer.SetVector(statements[i].Id, model.ToString(), vectors[i], areIndexed);
                        kept++;
                    }
                }

                return kept;
            },
            cancellationToken);
}
