namespace Memory.Benchmarks.Processes;

/// <summary>How long the server takes to start, and a bare server of the same SDK, by turns: when the machine becomes slower, it does so for both.</summary>
internal static class StartMeasurement
{
    public static void Measure(Workload workload, ResultTable table, Promises promises)
    {
        var (bare, starts, ready, recalls) = (new Samples(), new Samples(), new Samples(), new Samples());
        // A server keeps its index while it runs; the one that was filled may have ended just before.
        using (var client = workload.Start())
        {
            client.Call("recall", workload.Question());
            KeptIndex.Await(workload);
        }

        StartBare();
        for (var i = 0; i < Math.Max(5, 30 / workload.Divisor); i++)
        {
            bare.Add(StartBare());
            starts.Add(Workload.TimeStart(workload.Start, static client => client.Request("tools/list")));
            ready.Add(Workload.TimeStart(workload.StartLogging, static client => client.AwaitLogged("The index is ready")));
            recalls.Add(Workload.TimeStart(workload.Start, client => client.Call("recall", workload.Question())));
        }

        var yardstick = Yardstick.BareStart(bare.Percentile(50));
        table.Add("bare server of the same SDK: start to first `tools/list` answer, p50", bare.Percentile(50), "N0 ms");
        table.Add("start to first `tools/list` answer, p50", starts.Percentile(50), "N0 ms", promises.Start, yardstick: yardstick);
        table.Add("start to index ready, p50", ready.Percentile(50), "N0 ms", promises.Ready, yardstick: yardstick);
        table.Add("start to first `recall` answer, p50", recalls.Percentile(50), "N0 ms", yardstick: yardstick);

        TimeSpan StartBare() =>
            Workload.TimeStart(() => StdioClient.Start(workload.Bare), static client => client.Request("tools/list"));
    }
}
