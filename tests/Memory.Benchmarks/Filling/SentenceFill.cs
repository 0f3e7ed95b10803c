using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Filling;

/// <summary>Has the sentence encoder read every memory at once, as a running server does little by little.</summary>
internal static class SentenceFill
{
    /// <summary>Makes the vectors that are missing.</summary>
    /// <returns>How many were made.</returns>
    public static async Task<int> FillAsync(string database, CancellationToken cancellationToken)
    {
        using var embeddings = new EmbeddingSource(StaticEmbedder.DefaultPath, encoderPath: SentenceEncoder.DefaultPath);
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        await using var memories = new MemoryService(store, TimeProvider.System, Random.Shared, embeddings: embeddings);
        return await memories.EncodeMissingAsync(Namespace.Default, cancellationToken);
    }
}
