using System.Diagnostics;
using Memory.Benchmarks.Filling;
using Memory.Core.Embeddings;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Processes;

/// <summary>Fills the store: through the server where that ends in minutes, otherwise through the library.</summary>
internal static class StoreFill
{
    private const int MostThroughServer = 100_000;

    public static async Task FillAsync(Workload workload, ResultTable table)
    {
        var began = Stopwatch.GetTimestamp();
        var through = workload.Memories <= MostThroughServer ? "the server, batches of 100" : "the library, transactions of 1,000";
        if (workload.Memories <= MostThroughServer)
        {
            using var client = workload.Start();
            for (var left = workload.Memories; left > 0; left -= Workload.Batch)
            {
                client.Call("store", workload.NextBatch(Math.Min(Workload.Batch, left)));
            }
        }
        else
        {
            await using var store = new SqliteMemoryStore(workload.Database, TimeProvider.System);
            await DirectFill.FillAsync(store, new EmbeddingSource(StaticEmbedder.DefaultPath), workload.Text, workload.Take(workload.Memories) + workload.Memories);
        }

        table.Add($"filling the store through {through}", Stopwatch.GetElapsedTime(began).TotalSeconds, "N1 s");
    }
}
