using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Memory.Server.Tests;

/// <summary>The real executable, spoken to line by line over its real stdin and stdout.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Long enough for a busy machine; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _errors;
    private readonly StringBuilder _stderr = new();
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];
    private int _nextId;

    private ServerProcess(Process process)
    {
        _process = process;
        _errors = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                lock (_stderr)
                {
                    _stderr.AppendLine(line);
                    _awaited.RemoveAll(a => line.Contains(a.Part, StringComparison.Ordinal) && a.Seen.TrySetResult());
                }
            }
        });
    }

    /// <summary>Leaves out the runtime's precaution against attacks on itself, and its door for debuggers: a tenth of the time of some thousand processes.</summary>
    public static IReadOnlyDictionary<string, string?> Unburdened { get; } = new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" };

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "memory-server.exe" : "memory-server");

    public int Id => _process.Id;

    /// <summary>The id that the next request gets; each one after it gets one more.</summary>
    public int NextId => _nextId + 1;

    /// <summary>What the process wrote to stderr so far.</summary>
    public string Stderr
    {
        get
        {
            lock (_stderr)
            {
                return _stderr.ToString();
            }
        }
    }

    /// <summary>Starts the executable with these arguments and a clean set of MEMORY_ variables.</summary>
    public static ServerProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? command = null)
    {
        var start = new ProcessStartInfo(command ?? Executable)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        UseCleanEnvironment(start);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>An environment without MEMORY_ variables.</summary>
    public static void UseCleanEnvironment(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(static k => k.StartsWith("MEMORY_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Unburdened)
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>Starts a server on a database file, without a schedule, and greets it.</summary>
    public static async Task<ServerProcess> ServeAsync(string database, params string[] more)
    {
        var server = Start(["serve", "--db", database, "--schedule", "off", .. more]);
        await server.GreetAsync();
        return server;
    }

    /// <summary>The handshake of revision 2025-11-25.</summary>
    public async Task<JsonElement> GreetAsync()
    {
        var answer = await RequestAsync("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        await SendLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return answer;
    }

    public async Task SendLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await _process.StandardInput.FlushAsync();
        await _process.StandardInput.BaseStream.WriteAsync(bytes);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    /// <summary>The next line of stdout as it is, or <see langword="null"/> at its end.</summary>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>The next line of stdout as JSON, or <see langword="null"/> at its end.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return line is null ? null : JsonElement.Parse(line);
    }

    /// <summary>Sends a request and reads until its answer; notifications go to <paramref name="onNotification"/>.</summary>
    /// <returns>The whole answer, with its result or error.</returns>
    public async Task<JsonElement> RequestAsync(string method, string parameters = "{}", Action<JsonElement>? onNotification = null)
    {
        var id = ++_nextId;
        await SendLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        while (await ReadAsync() is { } message)
        {
            if (message.TryGetProperty("id", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt32() == id)
            {
                return message;
            }

            onNotification?.Invoke(message);
        }

        throw new InvalidOperationException($"The server ended before it answered {method}. stderr: {Stderr}");
    }

    /// <summary>Calls a tool and yields its result: content, structuredContent, isError.</summary>
    public async Task<JsonElement> CallAsync(string tool, string arguments = "{}", Action<JsonElement>? onNotification = null)
    {
        var progress = onNotification is null ? "" : ""","_meta":{"progressToken":"test"}""";
        var answer = await RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}{{progress}}}""", onNotification);
        return answer.TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{tool} was refused: {answer.GetProperty("error")}");
    }

    /// <summary>Calls a tool and does not wait: the answer comes from <see cref="ReadAsync"/> under the id that this yields.</summary>
    public async Task<int> PostAsync(string tool, string arguments)
    {
        var id = ++_nextId;
        await SendLineAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""");
        return id;
    }

    /// <summary>Stores one statement and yields its id.</summary>
    public async Task<string> StoreAsync(string content) => (await CallAsync("store", $$"""{"content":{{Quote(content)}}}"""))
        .GetProperty("structuredContent").GetProperty("memories")[0].GetProperty("id").GetString()!;

    /// <summary>The contents that a query recalls.</summary>
    public async Task<string[]> RecallAsync(string query, int limit = 50) =>
        [.. (await CallAsync("recall", $$"""{"query":{{Quote(query)}},"limit":{{limit}}}"""))
            .GetProperty("structuredContent").GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("content").GetString()!)];

    /// <summary>Ends stdin, as a client does that leaves, and waits for the process to end.</summary>
    /// <returns>The exit code and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> LeaveAsync()
    {
        var started = Stopwatch.GetTimestamp();
        _process.StandardInput.Close();
        return (await WaitAsync(), Stopwatch.GetElapsedTime(started));
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _errors;
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: the process gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Completes when a line with this in it, not there yet, is written to stderr.</summary>
    public Task WhenLoggedAsync(string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_stderr)
        {
            _awaited.Add((part, seen));
        }

        return seen.Task.WaitAsync(Patience);
    }

    /// <summary>SIGTERM: the system asks the process to end.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    public static string Text(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;

    // Escapes by hand: reflection-based JSON is off in this project as in the server.
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
