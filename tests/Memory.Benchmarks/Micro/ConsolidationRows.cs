using System.Diagnostics;
using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Processes;
using Memory.Benchmarks.Texts;
using Memory.Core;
using Memory.Core.Consolidation;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Recall.Index;
using Memory.Core.Storage.Sqlite;
using Memory.Learning;

namespace Memory.Benchmarks.Micro;

/// <summary>How long consolidation takes, what it needs, and what those wait for who store and recall meanwhile.</summary>
internal static class ConsolidationRows
{
    private const int New = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(int memories, TextKind kind)
    {
        ITextSource text = kind == TextKind.Real ? new RealText(seed: 1) : new SyntheticText(seed: 1);
        var folder = Directory.CreateTempSubdirectory("memory-benchmark-").FullName;
        try
        {
            var embeddings = new EmbeddingSource(StaticEmbedder.DefaultPath);
            using var indexes = new RecallIndexes();
            await using var store = new SqliteMemoryStore(Path.Combine(folder, "memory.db"), TimeProvider.System);
            await using var service = new MemoryService(store, TimeProvider.System, new Random(4), embeddings: embeddings, indexes: indexes);
            var consolidator = new Consolidator(store, TimeProvider.System, new Random(5), embeddings: embeddings, indexes: indexes,
                models: new PairModels(static () => PairModelFile.Load(PairModelFile.DefaultPath), static () => SentenceEncoder.Load(SentenceEncoder.DefaultPath), static () => PairNetwork.Load(PairNetwork.DefaultPath)));
            await DirectFill.FillAsync(store, embeddings, text, memories);
            var table = new ResultTable();
            await MeasureAsync(service, consolidator, text, memories, table);
            Console.WriteLine(table.ToMarkdown($"Consolidation at {memories:N0} memories of {(kind == TextKind.Real ? "ordinary sentences" : "made-up words")}"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(MemoryService service, Consolidator consolidator, ITextSource text, int memories, ResultTable table)
    {
        var clients = new Clients(service, text, memories);
        await service.WarmUpAsync(Namespace.Default);
        var idle = await clients.CallAsync(Task.Delay(TimeSpan.FromSeconds(8)));
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var run = RunAsync(consolidator, RunScope.Full);
        var busy = await clients.CallAsync(run);
        var (took, report) = await run;
        table.Add($"full run: {report.Counts.Merged:N0} merged, {report.Counts.Superseded:N0} superseded, {report.Counts.Contested:N0} contested", took.TotalSeconds, "N1 s", below: memories <= 100_000 ? 180 : null);
        table.Add("processor time of that, with those who store and recall meanwhile", (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds, "N1 s");
        foreach (var stage in report.Stages)
        {
            table.Add($"of it {stage.Stage}", stage.Elapsed.TotalSeconds, "N2 s");
        }

        table.Add("most memory of the process", Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000.0, "N0 MB", below: memories <= 100_000 ? 1_000 : null);
        table.Add("`store` meanwhile, p95", busy.Stores.Percentile(95), "N2 ms", below: 2 * idle.Stores.Percentile(95), yardstick: $"idle, p95 {idle.Stores.Percentile(95):N2} ms");
        table.Add("`recall` meanwhile, p95", busy.Recalls.Percentile(95), "N2 ms", below: 2 * idle.Recalls.Percentile(95), yardstick: $"idle, p95 {idle.Recalls.Percentile(95):N2} ms");

        await RunAsync(consolidator, RunScope.Incremental);
        await clients.StoreAsync(New);
        (took, report) = await RunAsync(consolidator, RunScope.Incremental);
        if (report.Note is { } note)
        {
            Console.Error.WriteLine(note);
        }

        table.Add($"incremental run with {New} new memories", took.TotalSeconds, "N2 s", below: memories <= 100_000 ? 2 : null);
        foreach (var stage in report.Stages)
        {
            table.Add($"of it {stage.Stage}", stage.Elapsed.TotalSeconds, "N2 s");
        }

        (took, report) = await RunAsync(consolidator, RunScope.Full);
        table.Add($"full run once more, {report.Counts.Merged + report.Counts.Superseded + report.Counts.Contested} changes", took.TotalSeconds, "N1 s");
    }

    private static async Task<(TimeSpan Took, ConsolidationReport Report)> RunAsync(Consolidator consolidator, RunScope scope)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await Task.Run(() => consolidator.RunAsync(new ConsolidationRequest(Namespace.Default, scope)));
        return (Stopwatch.GetElapsedTime(began), outcome.Value ?? throw new InvalidOperationException(outcome.Problem!.Message));
    }

    /// <summary>Two who store and recall, one call after the other with a pause between.</summary>
    private sealed class Clients(MemoryService service, ITextSource text, int memories)
    {
        private readonly Random _random = new(2);
        private int _stored;

        public async Task<(Samples Stores, Samples Recalls)> CallAsync(Task until)
        {
            var (stores, recalls) = (new Samples(), new Samples());
            while (!until.IsCompleted)
            {
                stores.Add(await TimeAsync(() => StoreAsync(1)));
                recalls.Add(await TimeAsync(() => service.RecallAsync(Namespace.Default, new RecallRequest { Query = text.Question(_random.Next(memories)) })));
                await Task.Delay(Pace);
            }

            return (stores, recalls);
        }

        public async Task StoreAsync(int count)
        {
            foreach (var batch in Enumerable.Range(memories + _stored, count).Chunk(MemoryService.MaxBatch))
            {
                await service.StoreAsync(Namespace.Default, [.. batch.Select(number => new NewMemory { Content = text.Statement(number) })]);
            }

            _stored += count;
        }

        private static async Task<TimeSpan> TimeAsync(Func<Task> call)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            return Stopwatch.GetElapsedTime(began);
        }
    }
}
