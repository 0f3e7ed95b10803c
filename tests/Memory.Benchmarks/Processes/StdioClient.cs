using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Memory.Benchmarks.Processes;

/// <summary>
/// A client that does as little as a client can, so that the server is what is measured. It waits on the thread that calls: an asynchronous
/// read of a pipe keeps a thread of the pool besides, and several clients together would wait for those.
/// </summary>
internal sealed class StdioClient : IDisposable
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
    public static StdioClient Start(string executable, params string[] arguments) => Start(executable, readsLog: false, arguments);

    /// <summary>Starts a server and shakes hands.</summary>
    /// <param name="executable">The server.</param>
    /// <param name="readsLog">Whether what it logs is read here, by <see cref="AwaitLogged"/>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static StdioClient Start(string executable, bool readsLog, params string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var client = new StdioClient(Process.Start(new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = readsLog, StandardInputEncoding = utf8, StandardOutputEncoding = utf8,
        })!);
        client.Request("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}""");
        client.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return client;
    }

    /// <summary>Calls a tool; it must succeed.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <returns>How long the answer took.</returns>
    public TimeSpan Call(string tool, string arguments) => Ask(tool, arguments).Took;

    /// <summary>Calls a tool; it must succeed.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <returns>How long the answer took, and its structured content.</returns>
    public (TimeSpan Took, JsonElement Content) Ask(string tool, string arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = Request("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        var took = Stopwatch.GetElapsedTime(began);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("result", out var result) && !(result.TryGetProperty("isError", out var failed) && failed.GetBoolean())
            ? (took, result.GetProperty("structuredContent").Clone())
            : throw new InvalidOperationException($"{tool} failed: {answer}");
    }

    /// <summary>Sends a request and yields the line that answers it.</summary>
    public string Request(string method, string parameters = "{}")
    {
        Send($$"""{"jsonrpc":"2.0","id":{{++_lastId}},"method":"{{method}}","params":{{parameters}}}""");
        return _server.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The server ended before it answered {method}.");
    }

    /// <summary>Reads what the server logs up to a line that holds a text.</summary>
    public void AwaitLogged(string text)
    {
        while (_server.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The server ended before it logged '{text}'.");
    }

    /// <summary>Closes stdin and waits until the server has left.</summary>
    public void Dispose()
    {
        _server.StandardInput.Close();
        _server.WaitForExit();
        _server.Dispose();
    }

    private void Send(string line)
    {
        _server.StandardInput.Write(line + "\n");
        _server.StandardInput.Flush();
    }
}
