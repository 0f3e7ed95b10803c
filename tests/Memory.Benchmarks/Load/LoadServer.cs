using System.Diagnostics;
using System.Net.Http.Headers;
using Memory.Core.Access;
using Memory.Core.Storage.Sqlite;

namespace Memory.Benchmarks.Load;

/// <summary>The published server over HTTP, with keys.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly Process _process;

    private LoadServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The memory of the process that is not shared with others, in MB: anonymous pages, without what is mapped from files.</summary>
    public double MemoryMegabytes => File.Exists($"/proc/{_process.Id}/status")
        ? File.ReadLines($"/proc/{_process.Id}/status").Where(static l => l.StartsWith("RssAnon:", StringComparison.Ordinal)).Select(static l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024).Single()
        : _process.WorkingSet64 / 1048576.0;

    /// <summary>What the process has taken of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<string> KeyAsync(string database, string name)
    {
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        var issued = await new ApiKeys(store, TimeProvider.System).CreateAsync(name, NamespaceList.All, Scopes.Read | Scopes.Write | Scopes.Consolidate, expiresAt: null);
        return issued.Succeeded ? issued.Value.Text : throw new InvalidOperationException(issued.Problem.Message);
    }

    public static async Task<LoadServer> StartAsync(string executable, string database, params string[] more)
    {
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["serve", "--http", "127.0.0.1:0", "--auth", "keys", "--db", database, "--schedule", "off", "--address-rate-limit", "off", .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new LoadServer(process, new Uri(line.Split(' ')[4]));
    }

    public HttpClient Client(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
