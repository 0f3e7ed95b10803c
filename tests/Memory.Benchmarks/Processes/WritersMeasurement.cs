using System.Diagnostics;

namespace Memory.Benchmarks.Processes;

/// <summary>Several servers storing into one file at once.</summary>
internal static class WritersMeasurement
{
    private const int Writers = 8;

    public static async Task MeasureAsync(Workload workload, ResultTable table, Promises promises)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => workload.StartAsync()));
        var each = Math.Max(50, 500 / workload.Divisor);

        // First at work as long as it takes to compile the hot paths, then measured.
        await StoreAtOnceAsync(workload, clients, each);
        var began = Stopwatch.GetTimestamp();
        var longest = await StoreAtOnceAsync(workload, clients, each);
        var perSecond = Writers * each / Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        table.Add($"{Writers} processes storing at once, after {each} stores each", perSecond, "N0 stores/s", atLeast: promises.StoresPerSecond);
        table.Add("longest wait of those stores", longest.TotalMilliseconds, "N0 ms", promises.LongestWait);
    }

    /// <returns>The longest that any store took.</returns>
    private static async Task<TimeSpan> StoreAtOnceAsync(Workload workload, StdioClient[] clients, int each)
    {
        var work = clients.Select(_ => Enumerable.Range(0, each).Select(_ => workload.NextStatement()).ToArray()).ToArray();
        var longest = await Task.WhenAll(clients.Select((client, i) => Task.Run(async () =>
        {
            var longest = TimeSpan.Zero;
            foreach (var arguments in work[i])
            {
                var took = await client.CallAsync("store", arguments);
                longest = took > longest ? took : longest;
            }

            return longest;
        })));
        return longest.Max();
    }
}
