using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Operations;

/// <summary>Makes the vectors that memories lack: those stored before there was a table, or with another one.</summary>
internal sealed class MissingVectors(IMemoryStore store, EmbeddingSource embeddings)
{
    // One short transaction each, so that stores in between do not wait.
    private const int Batch = 100;

    public async Task<int> MakeAsync(Namespace ns, CancellationToken cancellationToken)
    {
        if (embeddings.Table is not { } table)
        {
            return 0;
        }

        var model = table.Model.ToString();
        var made = 0;
        while (await store.ReadAsync(ns, r => r.WithoutVector(model, Batch), cancellationToken) is { Count: > 0 } missing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vectors = missing.Select(s => (s.Id, Vector: table.VectorOf(s.Content))).ToArray();
            made += await store.WriteAsync(ns, writer => Write(writer, model, vectors), cancellationToken);
        }

        if (made > 0)
        {
            await store.WriteAsync(
                ns,
                writer =>
                {
                    writer.RemoveOtherVectors(model);
                    return true;
                },
                cancellationToken);
        }

        return made;
    }

    private static int Write(IMemoryWriter writer, string model, (MemoryId Id, StoredVector Vector)[] vectors)
    {
        var made = 0;
        foreach (var (id, vector) in vectors)
        {
            // It may have been forgotten since it was read: nothing of it may come back.
            if (writer.Find(id) is { State: not MemoryState.Forgotten })
            {
                writer.SetVector(id, model, vector);
                made++;
            }
        }

        return made;
    }
}
