using Memory.Benchmarks.Texts;
using Memory.Core.Confidence;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Filling;

/// <summary>
/// Stores many statements as the server would, in the library: the same rows, without the search for resembling memories and in transactions
/// that nobody waits for.
/// </summary>
internal static class DirectFill
{
    /// <summary>Statements a transaction.</summary>
    private const int Batch = 1_000;

    /// <summary>Stores the statements with numbers from 0 up to a count.</summary>
    public static async Task FillAsync(SqliteMemoryStore store, EmbeddingSource embeddings, ITextSource text, int count)
    {
        var storing = new StoreOperation(ConfidenceOptions.Default, new Random(1), embeddings);
        var writing = Task.CompletedTask;
        for (var from = 0; from < count; from += Batch)
        {
            // The next batch is made while the last one is written.
            var batch = Enumerable.Range(from, Math.Min(Batch, count - from)).Select(number => new NewMemory { Content = text.Statement(number) }).ToArray();
            await writing;
            var now = TimeProvider.System.GetUtcNow();
            writing = store.WriteAsync(Namespace.Default, writer =>
            {
                foreach (var statement in batch)
                {
                    storing.Store(writer, statement, storing.VectorOf(statement), now);
                }

                return batch.Length;
            });
        }

        await writing;
        while (await store.AddNewMentionsAsync())
        {
        }
    }
}
