using System.Diagnostics;
using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Texts;

namespace Memory.Benchmarks.Processes;

/// <summary>What a client of the published server sees: whole processes, real pipes, a real file.</summary>
internal static class ProcessBenchmark
{
    // To consolidate a million takes longer than all else together, and nothing is promised of it.
    private const int MostConsolidated = 100_000;

    public static async Task<int> RunAsync(int memories, TextKind kind, bool encoded, bool quick, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("memory-benchmark-").FullName;
        try
        {
            var server = await PublishedServer.PublishAsync(Path.Combine(folder, "server"), cancellationToken);
            var bare = await PublishedServer.PublishBareAsync(Path.Combine(folder, "bare"), cancellationToken);
            ITextSource text = kind == TextKind.Real ? new RealText(seed: 1) : new SyntheticText(seed: 1);
            var table = new ResultTable();
            await MeasureAsync(new Workload(server, bare, folder, text, memories, quick ? 10 : 1), encoded, table, cancellationToken);
            Console.WriteLine(table.ToMarkdown($"At {memories:N0} memories of {(kind == TextKind.Real ? "ordinary sentences" : "made-up words")}{(encoded ? ", read by the sentence encoder" : string.Empty)}"));
            return table.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(Workload workload, bool encoded, ResultTable table, CancellationToken cancellationToken)
    {
        var promises = Promises.For(workload.Memories);
        await StoreFill.FillAsync(workload, table);
        if (encoded)
        {
            var began = Stopwatch.GetTimestamp();
            await SentenceFill.FillAsync(workload.Database, cancellationToken);
            table.Add("reading them all by the sentence encoder, one processor", Stopwatch.GetElapsedTime(began).TotalSeconds, "N1 s");
        }

        StartMeasurement.Measure(workload, table, promises);
        using (var client = workload.Start())
        {
            CallMeasurement.Measure(workload, client, table, promises);
            if (workload.Memories <= MostConsolidated)
            {
                ConsolidationMeasurement.Measure(workload, client, table);
            }
        }

        WritersMeasurement.Measure(workload, table, promises);
    }
}
