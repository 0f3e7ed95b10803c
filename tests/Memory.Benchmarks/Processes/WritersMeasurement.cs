using System.Diagnostics;

namespace Memory.Benchmarks.Processes;

/// <summary>Several servers storing into one file at once.</summary>
internal static class WritersMeasurement
{
    private const int Writers = 8;

    public static void Measure(Workload workload, ResultTable table, Promises promises)
    {
        var clients = Enumerable.Range(0, Writers).Select(_ => workload.Start()).ToArray();
        var each = Math.Max(50, 500 / workload.Divisor);

        // First at work as long as it takes to compile the hot paths, then measured.
        StoreAtOnce(workload, clients, each);
        var began = Stopwatch.GetTimestamp();
        var longest = StoreAtOnce(workload, clients, each);
        var perSecond = Writers * each / Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var client in clients)
        {
            client.Dispose();
        }

        table.Add($"{Writers} processes storing at once, after {each} stores each", perSecond, "N0 stores/s", atLeast: promises.StoresPerSecond);
        table.Add("longest wait of those stores", longest.TotalMilliseconds, "N0 ms", promises.LongestWait);
    }

    /// <returns>The longest that any store took.</returns>
    private static TimeSpan StoreAtOnce(Workload workload, StdioClient[] clients, int each)
    {
        var work = clients.Select(_ => Enumerable.Range(0, each).Select(_ => workload.NextStatement()).ToArray()).ToArray();
        var longest = clients.Select((client, i) => Task.Factory.StartNew(() => work[i].Max(a => client.Call("store", a)), TaskCreationOptions.LongRunning)).ToArray();
        return Task.WhenAll(longest).GetAwaiter().GetResult().Max();
    }
}
