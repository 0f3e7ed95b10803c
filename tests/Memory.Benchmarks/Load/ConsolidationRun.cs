using System.Text;
using System.Text.Json;

namespace Memory.Benchmarks.Load;

/// <summary>A full consolidation that the server was asked for as a job.</summary>
internal sealed class ConsolidationRun
{
    /// <summary>How long it may take, with nobody else there at the end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const string Running = "running";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _client;
    private readonly string _path;

    private ConsolidationRun(HttpClient client, string path)
    {
        _client = client;
        _path = path;
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="HttpRequestException">The server did not take it.</exception>
    public static async Task<ConsolidationRun> StartAsync(HttpClient client)
    {
        using var body = new StringContent("""{"scope":"full","force":true}""", Encoding.UTF8, "application/json");
        using var started = await client.PostAsync("/api/v1/consolidations", body);
        started.EnsureSuccessStatusCode();
        return new ConsolidationRun(client, $"/api/v1/consolidations/{JsonElement.Parse(await started.Content.ReadAsStringAsync()).GetProperty("job").GetString()}");
    }

    /// <summary>Waits for its end, or for that of the patience.</summary>
    /// <returns>Its state then.</returns>
    public async Task<string> WaitAsync(CancellationToken patience)
    {
        string state;
        while ((state = JsonElement.Parse(await _client.GetStringAsync(_path, CancellationToken.None)).GetProperty("state").GetString()!) == Running && !patience.IsCancellationRequested)
        {
            await Task.Delay(Pause, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return state;
    }
}
