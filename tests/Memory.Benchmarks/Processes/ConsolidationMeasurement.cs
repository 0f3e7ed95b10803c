namespace Memory.Benchmarks.Processes;

/// <summary>A consolidation of everything, with something to merge.</summary>
internal static class ConsolidationMeasurement
{
    private const int MostRepeated = 500;

    public static void Measure(Workload workload, StdioClient client, ResultTable table)
    {
        // Some once more with an article in front: another text for the store, the same statement for consolidation.
        var step = Math.Max(20, workload.Memories / MostRepeated);
        var again = Enumerable.Range(0, workload.Memories / step).Select(i => $"The {workload.Text.Statement(i * step)}");
        foreach (var some in again.Chunk(Workload.Batch))
        {
            client.Call("store", Workload.ToBatch(some));
        }

        var (took, report) = client.Ask("consolidate", """{"scope":"full"}""");
        table.Add($"`consolidate` of all, {report.GetProperty("merged").GetInt32():N0} merges", took.TotalSeconds, "N2 s");
    }
}
