namespace Memory.Benchmarks.Processes;

/// <summary>How long the server takes to start, and a bare server of the same SDK, by turns: when the machine becomes slower, it does so for both.</summary>
internal static class StartMeasurement
{
    public static async Task MeasureAsync(Workload workload, ResultTable table, Promises promises)
    {
        var (bare, starts, ready) = (new Samples(), new Samples(), new Samples());
        await StartBareAsync();
        for (var i = 0; i < Math.Max(5, 30 / workload.Divisor); i++)
        {
            bare.Add(await StartBareAsync());
            starts.Add(await Workload.TimeStartAsync(workload.StartAsync, static client => client.RequestAsync("tools/list")));
            ready.Add(await Workload.TimeStartAsync(workload.StartAsync, client => client.CallAsync("recall", workload.Question())));
        }

        var yardstick = Yardstick.BareStart(bare.Percentile(50));
        table.Add("bare server of the same SDK: start to first `tools/list` answer, p50", bare.Percentile(50), "N0 ms");
        table.Add("start to first `tools/list` answer, p50", starts.Percentile(50), "N0 ms", promises.Start, yardstick: yardstick);
        table.Add("start to first `recall` answer (index ready), p50", ready.Percentile(50), "N0 ms", promises.Ready, yardstick: yardstick);

        Task<TimeSpan> StartBareAsync() =>
            Workload.TimeStartAsync(() => StdioClient.StartAsync(workload.Bare), static client => client.RequestAsync("tools/list"));
    }
}
