using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Memory.Server.Tests.Http;

/// <summary>What connections that say nothing, or are too many, can do to others: nothing.</summary>
public sealed class ConnectionLimitTests : IDisposable
{
    private const int Most = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Socket> _sockets = [];

    public void Dispose()
    {
        _sockets.ForEach(static s => s.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Connections_of_one_address_beyond_the_limit_are_closed_at_once_and_others_reach_the_server()
    {
        await using var host = await HttpHost.StartAsync(_folder.File("memory.db"), "--address-connections", $"{Most}");
        var held = new List<Socket>();
        for (var i = 0; i < Most; i++)
        {
            held.Add(await ConnectAsync(host, "127.0.2.1"));
            // One that was answered is one that was counted.
            (await AskAsync(held[i])).ShouldStartWith("HTTP/1.1 200");
        }

        (await SurplusAsync(host, "127.0.2.1").WaitAsync(TimeSpan.FromSeconds(5))).ShouldBeEmpty();

        using var other = host.Client();
        (await other.GetStringAsync("/health/live")).ShouldBe("live");
        held[0].Dispose();
        (await AskAgainAsync(host, "127.0.2.1")).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task A_connection_that_says_nothing_or_never_ends_its_headers_is_closed()
    {
        await using var host = await HttpHost.StartAsync(_folder.File("memory.db"), "--header-timeout", "1");
        var silent = await ConnectAsync(host, "127.0.2.1");
        var slow = await ConnectAsync(host, "127.0.2.1");
        await slow.SendAsync("GET /health/live HTTP/1.1\r\nHost: "u8.ToArray());

        var ends = await Task.WhenAll(EndAsync(silent), EndAsync(slow)).WaitAsync(TimeSpan.FromSeconds(30));

        ends[0].ShouldBeEmpty();
        ends[1].ShouldStartWith("HTTP/1.1 408");
    }

    [Fact]
    public async Task A_connection_that_says_nothing_does_not_keep_a_server_from_ending()
    {
        await using var host = await HttpHost.StartAsync(_folder.File("memory.db"));
        var silent = await ConnectAsync(host, "127.0.2.1");
        using (var client = host.Client())
        {
            (await client.GetStringAsync("/health/live")).ShouldBe("live");
        }

        await host.Process.TerminateAsync();
        (await host.Process.WaitAsync().WaitAsync(TimeSpan.FromSeconds(8))).ShouldBe(0);
        (await EndAsync(silent)).ShouldBeEmpty();
    }

    private async Task<Socket> ConnectAsync(HttpHost host, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _sockets.Add(socket);
        if (OperatingSystem.IsLinux())
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        }

        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        return socket;
    }

    // It may be over before it is made.
    private async Task<string> SurplusAsync(HttpHost host, string from)
    {
        try
        {
            return await EndAsync(await ConnectAsync(host, from));
        }
        catch (SocketException)
        {
            return string.Empty;
        }
    }

    // The server sees a connection go a moment after it went.
    private async Task<string> AskAgainAsync(HttpHost host, string from)
    {
        var answer = string.Empty;
        for (var attempt = 1; attempt < 200 && answer.Length == 0; attempt++)
        {
            try
            {
                answer = await AskAsync(await ConnectAsync(host, from));
            }
            catch (SocketException)
            {
                // Closed at once: one too many still.
            }
        }

        return answer;
    }

    private static async Task<string> AskAsync(Socket socket)
    {
        await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray());
        var answer = new byte[4_096];
        return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer).WaitAsync(ServerProcess.Patience));
    }

    // What was said before the connection ended.
    private static async Task<string> EndAsync(Socket socket)
    {
        var (said, answer) = (new StringBuilder(), new byte[4_096]);
        try
        {
            while (await socket.ReceiveAsync(answer) is > 0 and var read)
            {
                said.Append(Encoding.ASCII.GetString(answer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Closed without a word.
        }

        return said.ToString();
    }
}
