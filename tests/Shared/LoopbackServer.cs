using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Memory.Tests;

/// <summary>A server on 127.0.0.1 that answers each request with bytes of the test's choice, so that it can also break off in the middle of one.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Request, Task<Reply>> _answer;
    private readonly List<Request> _requests = [];
    private readonly Task _loop;

    public LoopbackServer(Func<Request, Reply> answer)
        : this(request => Task.FromResult(answer(request)))
    {
    }

    public LoopbackServer(Func<Request, Task<Reply>> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The loop ends before the listener does: accepting on one that is stopped is an error, not an end.
        await _end.CancelAsync();
        await _loop;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    // One request a connection, then it is closed: what a reply leaves out is then missing.
    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var request = await ReadAsync(stream);
            lock (_requests)
            {
                _requests.Add(request);
            }

            var reply = await _answer(request).WaitAsync(_end.Token);
            if (reply.Status == 0)
            {
                return;
            }

            var head = new StringBuilder($"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Length: {reply.DeclaredLength ?? reply.Body.Length}\r\n");
            foreach (var (name, value) in reply.Headers)
            {
                head.Append($"{name}: {value}\r\n");
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
            await stream.WriteAsync(reply.Body, _end.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test ended.
        }
    }

    private async Task<Request> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[65_536];
        int end;
        while ((end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            await ReadSomeAsync();
        }

        var lines = Encoding.Latin1.GetString([.. bytes.Take(end)]).Split("\r\n");
        var headers = lines.Skip(1).Select(static l => l.Split(": ", 2)).ToDictionary(static p => p[0], static p => p[1], StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text) : 0;
        while (bytes.Count < end + 4 + length)
        {
            await ReadSomeAsync();
        }

        return new Request(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString([.. bytes.Skip(end + 4)]));

        async Task ReadSomeAsync()
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            bytes.AddRange(read == 0 ? throw new IOException("The client went away.") : buffer[..read]);
        }
    }

    internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

    /// <param name="Status">The status, or 0 to close the connection without a word.</param>
    /// <param name="Body">What is sent before the connection is closed.</param>
    /// <param name="DeclaredLength">What the header says of it.</param>
    internal sealed record Reply(int Status, byte[] Body, int? DeclaredLength = null)
    {
        public static readonly Reply None = new(0, []);

        public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

        public static Reply Text(int status, string body) => new(status, Encoding.UTF8.GetBytes(body));
    }
}
