using System.Diagnostics;
using System.Text.Json;

namespace Memory.Benchmarks.Processes;

/// <summary>What a client of the published server sees: whole processes, real pipes, a real file.</summary>
internal sealed class ProcessBenchmark(string executable, string database, int memories, int divisor)
{
    private const int Batch = 100;
    private const int Writers = 8;

    private readonly SyntheticText _text = new(seed: 1);
    private readonly List<string> _stored = [];
    private readonly ResultTable _table = new();

    public static async Task<int> RunAsync(int memories, bool quick, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("memory-benchmark-").FullName;
        try
        {
            var executable = await PublishedServer.PublishAsync(Path.Combine(folder, "server"), cancellationToken);
            var benchmark = new ProcessBenchmark(executable, Path.Combine(folder, "memory.db"), memories, quick ? 10 : 1);
            await benchmark.MeasureAsync();
            Console.WriteLine(benchmark._table.ToMarkdown($"At {memories:N0} memories"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task MeasureAsync()
    {
        await FillAsync();
        await MeasureStartAsync();
        await using (var client = await StdioClient.StartAsync(executable, database))
        {
            await MeasureStoreAsync(client);
            await MeasureBatchAsync(client);
            await MeasureRecallAsync(client);
            var resident = client.ResidentBytes / 1_000_000.0;
            _table.Add("resident memory after that", $"{resident:N0} MB", "< 150 MB", resident < 150);
            await MeasureConsolidationAsync(client);
        }

        await MeasureWritersAsync();
    }

    private async Task FillAsync()
    {
        await using var client = await StdioClient.StartAsync(executable, database);
        while (_stored.Count < memories)
        {
            await client.CallAsync("store", NextBatch(Math.Min(Batch, memories - _stored.Count)));
        }
    }

    private async Task MeasureStartAsync()
    {
        var starts = new Samples();
        for (var i = 0; i < Math.Max(5, 30 / divisor); i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var client = await StdioClient.StartAsync(executable, database);
            await client.RequestAsync("tools/list");
            starts.Add(Stopwatch.GetElapsedTime(began));
        }

        _table.Add("start to first `tools/list` answer, p50", $"{starts.Percentile(50):N0} ms", "< 300 ms", starts.Percentile(50) < 300);
    }

    private async Task MeasureStoreAsync(StdioClient client)
    {
        var stores = await RepeatAsync(1_000, () => client.CallAsync("store", $$"""{"content":{{Quote(NextStatement())}}}"""));
        _table.Add("`store`, on disk when it answers, p50", $"{stores.Percentile(50):N2} ms", "< 2 ms", stores.Percentile(50) < 2);
        _table.Add("`store`, p95", $"{stores.Percentile(95):N2} ms", "", kept: true);
    }

    private async Task MeasureBatchAsync(StdioClient client)
    {
        var batches = await RepeatAsync(20, () => client.CallAsync("store", NextBatch(Batch)));
        _table.Add("`store` of 100, p50", $"{batches.Percentile(50):N1} ms", "< 40 ms", batches.Percentile(50) < 40);
    }

    private async Task MeasureRecallAsync(StdioClient client)
    {
        var random = new Random(2);
        var recalls = await RepeatAsync(1_000, () => client.CallAsync("recall", $$"""{"query":{{Quote(_text.Question(_stored[random.Next(_stored.Count)]))}}}"""));
        _table.Add("`recall`, p50", $"{recalls.Percentile(50):N2} ms", "< 6 ms", recalls.Percentile(50) < 6);
        _table.Add("`recall`, p95", $"{recalls.Percentile(95):N2} ms", "< 15 ms", recalls.Percentile(95) < 15);
    }

    private async Task MeasureConsolidationAsync(StdioClient client)
    {
        // Every twentieth memory once more in other letters, so that there is something to merge.
        foreach (var some in _stored.Where(static (_, i) => i % 20 == 0).Select(static s => s.ToUpperInvariant()).Chunk(Batch))
        {
            await client.CallAsync("store", ToBatch(some));
        }

        var took = await client.CallAsync("consolidate", """{"scope":"full"}""");
        _table.Add($"`consolidate` of all, {_stored.Count / 20} merges", $"{took.TotalSeconds:N2} s", "", kept: true);
    }

    private async Task MeasureWritersAsync()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => StdioClient.StartAsync(executable, database)));
        var each = Math.Max(50, 500 / divisor);

        // First at work as long as it takes to compile the hot paths, then measured.
        await StoreAtOnceAsync(clients, each);
        var began = Stopwatch.GetTimestamp();
        var longest = await StoreAtOnceAsync(clients, each);
        var perSecond = Writers * each / Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        _table.Add($"{Writers} processes storing at once, after {each} stores each", $"{perSecond:N0} stores/s", ">= 800 stores/s", perSecond >= 800);
        _table.Add("longest wait of those stores", $"{longest.TotalMilliseconds:N0} ms", "< 2,000 ms", longest < TimeSpan.FromSeconds(2));
    }

    /// <returns>The longest that any store took.</returns>
    private async Task<TimeSpan> StoreAtOnceAsync(StdioClient[] clients, int each)
    {
        var work = clients.Select(_ => Enumerable.Range(0, each).Select(_ => $$"""{"content":{{Quote(_text.Statement())}}}""").ToArray()).ToArray();
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

    private async Task<Samples> RepeatAsync(int times, Func<Task<TimeSpan>> call)
    {
        // Part of the hot path is compiled again while it runs; a session lives longer than that.
        for (var i = 0; i < times / 10; i++)
        {
            await call();
        }

        var samples = new Samples();
        for (var i = 0; i < Math.Max(10, times / divisor); i++)
        {
            samples.Add(await call());
        }

        return samples;
    }

    private string NextStatement()
    {
        _stored.Add(_text.Statement());
        return _stored[^1];
    }

    private string NextBatch(int count) => ToBatch([.. Enumerable.Range(0, count).Select(_ => NextStatement())]);

    private static string ToBatch(string[] contents) =>
        $$"""{"memories":[{{string.Join(',', contents.Select(static c => $$"""{"content":{{Quote(c)}}}"""))}}]}""";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
