namespace Memory.Benchmarks.Processes;

/// <summary>What a client waits for in one session: storing one, storing a hundred, recalling.</summary>
internal static class CallMeasurement
{
    public static void Measure(Workload workload, StdioClient client, ResultTable table, Promises promises)
    {
        var commits = Commit(workload);
        var stores = workload.Repeat(1_000, () => client.Call("store", workload.NextStatement()));
        var yardstick = Yardstick.BareCommit(commits.Percentile(50));
        table.Add("bare commit of one row, WAL, `synchronous=FULL`, p50", commits.Percentile(50), "N2 ms");
        table.Add("`store`, on disk when it answers, p50", stores.Percentile(50), "N2 ms", promises.Store, yardstick: yardstick);
        table.Add("`store`, p95", stores.Percentile(95), "N2 ms", yardstick: $"bare commit, p95 {commits.Percentile(95):N2} ms");

        var batches = workload.Repeat(20, () => client.Call("store", workload.NextBatch()));
        table.Add("`store` of 100, p50", batches.Percentile(50), "N1 ms", promises.Batch, yardstick: yardstick);

        var recalls = workload.Repeat(1_000, () => client.Call("recall", workload.Question()));
        table.Add("`recall`, p50", recalls.Percentile(50), "N2 ms", promises.Recall50);
        table.Add("`recall`, p95", recalls.Percentile(95), "N2 ms", promises.Recall95);
        table.Add("resident memory after that", client.ResidentBytes / 1_000_000.0, "N0 MB", promises.Resident);
    }

    private static Samples Commit(Workload workload)
    {
        using var bare = new BareCommit(workload.Folder);
        return workload.Repeat(1_000, () => bare.Commit(workload.Text.Statement(0)));
    }
}
