using System.Diagnostics;
using System.Text.Json;
using Memory.Benchmarks.Filling;
using Memory.Benchmarks.Processes;
using Memory.Benchmarks.Texts;
using Memory.Core.Embeddings;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Load;

/// <summary>
/// One HTTP process under load, phase after phase: recalls alone, recalls and some stores beside them for the whole of the duration, then as shares of it stores,
/// as many of both, recalls beside a full consolidation, and a noisy key beside a quiet one. That the consolidation comes to its end is waited for after it.
/// </summary>
/// <param name="memories">How many memories the store holds at first.</param>
/// <param name="duration">How long recalls and stores are watched; the other phases take nine tenths of it more.</param>
/// <param name="connections">How many connections.</param>
/// <param name="server">The executable; published first when it is <see langword="null"/>.</param>
/// <param name="onlyNoise">Whether the noisy key beside the quiet one is all that is measured.</param>
internal sealed class LoadBenchmark(int memories, TimeSpan duration, int connections, string? server, bool onlyNoise)
{
    // So few stores that what they add is no tenth of what the process takes, so that growth would be a leak.
    private const int Storing = 2;
    private const double SpeedShare = 0.2;
    private const double WarmUpShare = 0.2;
    private const double StretchShare = 0.04;
    private const double StoreShare = 0.06;
    private const double MixedShare = 0.03;
    private const double CalmShare = 0.03;
    private const double BesideShare = 0.06;

    private static readonly TimeSpan StorePause = TimeSpan.FromMilliseconds(100);

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
            if (!onlyNoise)
            {
                await using var unlimited = await LoadServer.StartAsync(executable, database, "--rate-limit", "off");
                using var client = unlimited.Client(first);
                await SpeedAsync(unlimited, client);
                await SoakAsync(unlimited, client);
                await StoresAsync(unlimited, client);
                await MixedAsync(client);
                await ConsolidationAsync(client);
            }

            await using (var limited = await LoadServer.StartAsync(executable, database))
            {
                using var noisy = limited.Client(first);
                using var quiet = limited.Client(second);
                await new NoiseMeasurement(noisy, quiet, connections, duration, NextQuestion, NextText, _table).RunAsync();
            }

            if (!onlyNoise)
            {
                var bare = await PublishedServer.PublishBareAsync(Path.Combine(folder, "bare"), cancellationToken);
                StdioStart.Measure(executable, bare, Path.Combine(folder, "start.db"), _table);
            }

            Console.WriteLine(_table.ToMarkdown($"One HTTP process, {memories:N0} memories, {connections} connections, {duration.TotalSeconds:N0} seconds"));
            return _table.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task SpeedAsync(LoadServer process, HttpClient client)
    {
        using var end = new CancellationTokenSource(duration * SpeedShare);
        var (cpu, own) = (process.ProcessorTime, Process.GetCurrentProcess().TotalProcessorTime);
        var result = await RecallsUntil(client, end.Token);
        _table.Add("recalls a second", result.PerSecond, "N0", atLeast: 300);
        _table.Add("recall, p50", result.Samples.Percentile(50), "N1 ms");
        _table.Add("recall, p95", result.Samples.Percentile(95), "N1 ms", below: 150);
        _table.Add("processor time of the server a recall", (process.ProcessorTime - cpu).TotalMilliseconds / result.Answered, "N2 ms");
        _table.Add("processor time of the load itself a recall", (Process.GetCurrentProcess().TotalProcessorTime - own).TotalMilliseconds / result.Answered, "N2 ms");
        _table.Add("recalls that failed or were refused", result.Errors, "N0", below: 1);
    }

    // Recalls and stores all the while: memory right after the first fifth (of five minutes: the first minute) against the most that any stretch after it takes.
    private async Task SoakAsync(LoadServer process, HttpClient client)
    {
        using var end = new CancellationTokenSource(duration);
        var recalling = RecallsUntil(client, end.Token, connections - Storing);
        var storing = ClosedLoop.RunAsync(client, Storing, "/api/v1/memories", NextStatement, end.Token, StorePause);
        await Task.Delay(duration * WarmUpShare, CancellationToken.None);
        var memory = await MemoryWatch.UntilAsync(process, Task.WhenAll(recalling, storing), duration * StretchShare);
        var (result, stores) = (await recalling, await storing);
        _table.Add($"recalls a second, beside {stores.PerSecond:N0} stores a second", result.PerSecond, "N0");
        _table.Add($"of both, that failed or were refused in {result.Elapsed.TotalSeconds:N0} seconds", result.Errors + stores.Errors, "N0", below: 1);
        _table.Add("memory of the process after the warm-up", memory.First, "N0 MB");
        _table.Add($"the most that it takes in the {(duration * (1 - WarmUpShare)).TotalSeconds:N0} seconds after that, above it", 100 * (memory.Most - memory.First) / memory.First, "N1 %", below: 10);
    }

    private async Task StoresAsync(LoadServer process, HttpClient client)
    {
        using var end = new CancellationTokenSource(duration * StoreShare);
        var result = await ClosedLoop.RunAsync(client, connections, "/api/v1/memories", NextStatement, end.Token);
        _table.Add("stores a second, acknowledged on disk", result.PerSecond, "N0", atLeast: 400);
        _table.Add("store, p95", result.Samples.Percentile(95), "N1 ms");
        _table.Add("stores that failed or were refused", result.Errors, "N0", below: 1);
        _table.Add($"memory of the process with the {result.Answered:N0} memories more", process.MemoryMegabytes, "N0 MB");
    }

    private async Task MixedAsync(HttpClient client)
    {
        using var end = new CancellationTokenSource(duration * MixedShare);
        var recalling = RecallsUntil(client, end.Token, connections / 2);
        var stores = await ClosedLoop.RunAsync(client, connections - (connections / 2), "/api/v1/memories", NextStatement, end.Token);
        var recalls = await recalling;
        _table.Add("recalls a second while half of the connections store", recalls.PerSecond, "N0");
        _table.Add("stores a second while half of the connections recall", stores.PerSecond, "N0");
        _table.Add("of both, failed or were refused", recalls.Errors + stores.Errors, "N0", below: 1);
    }

    // Counted are the recalls while the job runs: what comes after its end would flatter it.
    private async Task ConsolidationAsync(HttpClient client)
    {
        using var calm = new CancellationTokenSource(duration * CalmShare);
        var alone = await RecallsUntil(client, calm.Token);
        var job = await ConsolidationRun.StartAsync(client);
        using var phase = new CancellationTokenSource(duration * BesideShare);
        using var atWork = new CancellationTokenSource();
        var ending = EndAsync();
        var beside = await RecallsUntil(client, atWork.Token);
        await ending;
        using var patience = new CancellationTokenSource(ConsolidationRun.Patience);
        var state = await job.WaitAsync(patience.Token);
        _table.Add("recall before a full consolidation, p95", alone.Samples.Percentile(95), "N1 ms");
        _table.Add("recall beside it, p95", beside.Samples.Percentile(95), "N1 ms", below: 2 * alone.Samples.Percentile(95));
        _table.Add("recalls before it and beside it that failed or were refused", alone.Errors + beside.Errors, "N0", below: 1);
        _table.Add("how long it was at work while these were measured", beside.Elapsed.TotalSeconds, "N1 s", atLeast: 1);
        _table.Add($"consolidations that did not come to a good end (it is {state})", state == "completed" ? 0 : 1, "N0", below: 1);

        async Task EndAsync()
        {
            await job.WaitAsync(phase.Token);
            await atWork.CancelAsync();
        }
    }

    private Task<ClosedLoop> RecallsUntil(HttpClient client, CancellationToken end, int? count = null) => ClosedLoop.RunAsync(client, count ?? connections, "/api/v1/recall", NextQuestion, end);

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
