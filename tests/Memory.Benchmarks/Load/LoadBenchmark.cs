using System.Diagnostics;
using System.Text.Json;
using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Processes;
using Memory.Benchmarks.Texts;
using Memory.Core.Embeddings;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Load;

/// <summary>One HTTP process under load: recalls, stores, a consolidation meanwhile, and a noisy key beside a quiet one.</summary>
/// <param name="memories">How many memories the store holds at first.</param>
/// <param name="duration">How long it is under load, all phases together.</param>
/// <param name="connections">How many connections.</param>
/// <param name="server">The executable; published first when it is <see langword="null"/>.</param>
internal sealed class LoadBenchmark(int memories, TimeSpan duration, int connections, string? server)
{
    private const double WarmUpShare = 0.2;
    private const double StretchShare = 0.04;

    private readonly RealText _text = new(seed: 1);
    private readonly Random _random = new(2);
    private readonly Lock _lock = new();
    private readonly ResultTable _table = new();
    private int _stored;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("memory-load-").FullName;
        try
        {
            var executable = server ?? await PublishedServer.PublishAsync(Path.Combine(folder, "server"), cancellationToken);
            var database = Path.Combine(folder, "memory.db");
            await using (var store = new SqliteMemoryStore(database, TimeProvider.System))
            {
                await DirectFill.FillAsync(store, new EmbeddingSource(StaticEmbedder.DefaultPath), _text, memories);
            }

            var (first, second) = (await LoadServer.KeyAsync(database, "noisy"), await LoadServer.KeyAsync(database, "quiet"));
            await using (var unlimited = await LoadServer.StartAsync(executable, database, "--rate-limit", "off"))
            {
                using var client = unlimited.Client(first);
                await RecallsAsync(unlimited, client);
                await StoresAsync(unlimited, client);
                await ConsolidationAsync(client);
            }

            await using (var limited = await LoadServer.StartAsync(executable, database))
            {
                using var noisy = limited.Client(first);
                using var quiet = limited.Client(second);
                await new NoiseMeasurement(noisy, quiet, connections, duration, NextQuestion, NextText, _table).RunAsync();
            }

            var bare = await PublishedServer.PublishBareAsync(Path.Combine(folder, "bare"), cancellationToken);
            await StdioStart.MeasureAsync(executable, bare, Path.Combine(folder, "start.db"), _table);
            Console.WriteLine(_table.ToMarkdown($"One HTTP process, {memories:N0} memories, {connections} connections, {duration.TotalSeconds:N0} seconds"));
            return _table.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The soak: memory right after the first fifth (of five minutes: the first minute) against the most that any stretch after it takes.
    private async Task RecallsAsync(LoadServer process, HttpClient client)
    {
        var time = duration * 0.6;
        using var end = new CancellationTokenSource(time);
        var (cpu, own) = (process.ProcessorTime, Process.GetCurrentProcess().TotalProcessorTime);
        var running = RecallsUntil(client, end.Token);
        await Task.Delay(duration * WarmUpShare, CancellationToken.None);
        var memory = await MemoryWatch.UntilAsync(process, running, duration * StretchShare);
        var result = await running;
        _table.Add("recalls a second", result.PerSecond, "N0", atLeast: 300);
        _table.Add("recall, p50", result.Samples.Percentile(50), "N1 ms");
        _table.Add("recall, p95", result.Samples.Percentile(95), "N1 ms", below: 150);
        _table.Add("processor time of the server a recall", (process.ProcessorTime - cpu).TotalMilliseconds / result.Answered, "N2 ms");
        _table.Add("processor time of the load itself a recall", (Process.GetCurrentProcess().TotalProcessorTime - own).TotalMilliseconds / result.Answered, "N2 ms");
        _table.Add("recalls that failed", result.Failed, "N0", below: 1);
        _table.Add("memory of the process after the warm-up", memory.First, "N0 MB");
        _table.Add("the most that it takes after that, above it", 100 * (memory.Most - memory.First) / memory.First, "N1 %", below: 10);
    }

    private async Task StoresAsync(LoadServer process, HttpClient client)
    {
        using var end = new CancellationTokenSource(duration * 0.15);
        var result = await ClosedLoop.RunAsync(client, connections, "/api/v1/memories", NextStatement, end.Token);
        _table.Add("stores a second, acknowledged on disk", result.PerSecond, "N0", atLeast: 400);
        _table.Add("store, p95", result.Samples.Percentile(95), "N1 ms");
        _table.Add("stores that failed", result.Failed, "N0", below: 1);
        _table.Add($"memory of the process with the {result.Answered:N0} memories more", process.MemoryMegabytes, "N0 MB");
    }

    private async Task ConsolidationAsync(HttpClient client)
    {
        using var calm = new CancellationTokenSource(duration * 0.05);
        var alone = await RecallsUntil(client, calm.Token);
        using var started = await client.PostAsync("/api/v1/consolidations", new StringContent("""{"scope":"full","force":true}""", System.Text.Encoding.UTF8, "application/json"));
        var job = JsonElement.Parse(await started.Content.ReadAsStringAsync()).GetProperty("job").GetString();
        using var busy = new CancellationTokenSource(duration * 0.1);
        var beside = await RecallsUntil(client, busy.Token);
        var state = JsonElement.Parse(await client.GetStringAsync($"/api/v1/consolidations/{job}")).GetProperty("state").GetString();
        using var ended = await client.DeleteAsync($"/api/v1/consolidations/{job}");
        _table.Add("recall before a full consolidation, p95", alone.Samples.Percentile(95), "N1 ms");
        _table.Add($"recall beside it (at the end it was {state}), p95", beside.Samples.Percentile(95), "N1 ms", below: 2 * alone.Samples.Percentile(95));
        _table.Add("recalls that failed beside it", beside.Failed, "N0", below: 1);
    }

    private Task<ClosedLoop> RecallsUntil(HttpClient client, CancellationToken end) => ClosedLoop.RunAsync(client, connections, "/api/v1/recall", NextQuestion, end);

    private string NextQuestion()
    {
        int number;
        lock (_lock)
        {
            number = _random.Next(memories);
        }

        return $$"""{"query":"{{JsonEncodedText.Encode(_text.Question(number))}}"}""";
    }

    private string NextStatement() => $$"""{"content":"{{NextText()}}"}""";

    private string NextText() => JsonEncodedText.Encode(_text.Statement(memories + Interlocked.Increment(ref _stored))).ToString();
}
