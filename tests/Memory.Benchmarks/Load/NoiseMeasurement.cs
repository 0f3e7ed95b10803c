using System.Text;
using System.Text.Json;
using Memory.Benchmarks.Processes;

namespace Memory.Benchmarks.Load;

/// <summary>
/// What a noisy key costs a quiet one, with the limits as they are by default: recalls beside recalls, and stores beside batches, beside forgetting
/// and beside dry runs. The quiet key sends one request at a time, twenty a second at most.
/// </summary>
/// <param name="noisy">The client of the noisy key.</param>
/// <param name="quiet">The client of the quiet one.</param>
/// <param name="connections">How many connections both have together.</param>
/// <param name="duration">How long all of the load takes, of which this is a part.</param>
/// <param name="question">The body of the next recall.</param>
/// <param name="text">The next text to store, for JSON.</param>
/// <param name="table">Where the figures go.</param>
internal sealed class NoiseMeasurement(
    HttpClient noisy, HttpClient quiet, int connections, TimeSpan duration, Func<string> question, Func<string> text, ResultTable table)
{
    private const string Memories = "/api/v1/memories";
    private const int Batch = 100;
    private const int Writers = 8;

    // What the noisy key saved up it spends first; after that it has its share.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1);

    public async Task RunAsync()
    {
        await CompareAsync("recall", "that recalls", Recall, end => ClosedLoop.RunAsync(noisy, connections - 1, "/api/v1/recall", question, end, Breath), 0.08);
        await CompareAsync("store", $"that stores {Batch} at a time", Store, end => ClosedLoop.RunAsync(noisy, Writers, Memories, NextBatch, end, Breath), 0.04);
        await CompareAsync("store", "that stores and forgets", Store, end => ClosedLoop.RunAsync(Writers, StoreAndForgetAsync, end, Breath), 0.12);
        await CompareAsync("recall", "that asks for 16 dry runs at once", Recall, end => ClosedLoop.RunAsync(16, () => PlanAsync(end), end, Pause), 0.04);
    }

    private async Task CompareAsync(string what, string beside, Func<CancellationToken, Task<ClosedLoop>> work, Func<CancellationToken, Task<ClosedLoop>> noise, double share)
    {
        await UntilAsync(work, 0.02);
        var alone = await UntilAsync(work, 0.04);
        using var end = new CancellationTokenSource(duration * share);
        var made = noise(end.Token);
        var disturbed = await UntilAsync(work, share);
        var of = await made;
        table.Add($"{what} of a quiet key alone, p50", alone.Samples.Percentile(50), "N1 ms");
        table.Add($"{what} of a quiet key alone, p95", alone.Samples.Percentile(95), "N1 ms");
        table.Add($"beside a noisy one {beside}, p50", disturbed.Samples.Percentile(50), "N1 ms");
        table.Add(
            $"beside it ({of.PerSecond:N0} answered and {of.Limited / of.Elapsed.TotalSeconds:N0} refused a second), p95", disturbed.Samples.Percentile(95), "N1 ms", below: 2 * alone.Samples.Percentile(95));
        table.Add("the quiet key's requests that failed or were refused", disturbed.Errors, "N0", below: 1);
    }

    private async Task<ClosedLoop> UntilAsync(Func<CancellationToken, Task<ClosedLoop>> work, double share)
    {
        using var end = new CancellationTokenSource(duration * share);
        return await work(end.Token);
    }

    private Task<ClosedLoop> Recall(CancellationToken end) => ClosedLoop.RunAsync(quiet, 1, "/api/v1/recall", question, end, Pause);

    private Task<ClosedLoop> Store(CancellationToken end) => ClosedLoop.RunAsync(quiet, 1, Memories, NextStatement, end, Pause);

    private string NextStatement() => $$"""{"content":"{{text()}}"}""";

    private string NextBatch() => $$"""{"memories":[{{string.Join(',', Enumerable.Range(0, Batch).Select(_ => NextStatement()))}}]}""";

    private async Task<HttpResponseMessage> StoreAndForgetAsync()
    {
        var stored = await ClosedLoop.PostAsync(noisy, Memories, NextStatement());
        if (!stored.IsSuccessStatusCode)
        {
            return stored;
        }

        using (stored)
        {
            var id = JsonElement.Parse(await stored.Content.ReadAsStringAsync()).GetProperty("memories")[0].GetProperty("id").GetString();
            return await noisy.DeleteAsync($"{Memories}/{id}");
        }
    }

    // Nobody waits for the end of one: it may take longer than all of the load.
    private async Task<HttpResponseMessage> PlanAsync(CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"consolidate","arguments":{"dry_run":true}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        return await noisy.SendAsync(request, end);
    }
}
