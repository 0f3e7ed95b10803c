using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Memory.Benchmarks.Processes;

/// <summary>A client that does as little as a client can, so that the server is what is measured.</summary>
internal sealed class StdioClient : IAsyncDisposable
{
    private readonly Process _server;
    private int _lastId;

    private StdioClient(Process server) => _server = server;

    /// <summary>The memory of the server that is in RAM, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _server.Refresh();
            return _server.WorkingSet64;
        }
    }

    /// <summary>Starts a server and shakes hands.</summary>
    public static async Task<StdioClient> StartAsync(string executable, params string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var client = new StdioClient(Process.Start(new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = utf8, StandardOutputEncoding = utf8,
        })!);
        await client.RequestAsync("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}""");
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return client;
    }

    /// <summary>Calls a tool; it must succeed.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <returns>How long the answer took.</returns>
    public async Task<TimeSpan> CallAsync(string tool, string arguments) => (await AskAsync(tool, arguments)).Took;

    /// <summary>Calls a tool; it must succeed.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <returns>How long the answer took, and its structured content.</returns>
    public async Task<(TimeSpan Took, JsonElement Content)> AskAsync(string tool, string arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        var took = Stopwatch.GetElapsedTime(began);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("result", out var result) && !(result.TryGetProperty("isError", out var failed) && failed.GetBoolean())
            ? (took, result.GetProperty("structuredContent").Clone())
            : throw new InvalidOperationException($"{tool} failed: {answer}");
    }

    /// <summary>Sends a request and yields the line that answers it.</summary>
    public async Task<string> RequestAsync(string method, string parameters = "{}")
    {
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{++_lastId}},"method":"{{method}}","params":{{parameters}}}""");
        return await _server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server ended before it answered {method}.");
    }

    /// <summary>Closes stdin and waits until the server has left.</summary>
    public async ValueTask DisposeAsync()
    {
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private async Task SendAsync(string line)
    {
        await _server.StandardInput.WriteAsync(line + "\n");
        await _server.StandardInput.FlushAsync();
    }
}
