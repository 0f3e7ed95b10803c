using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Memory.Server.Tests.Http;

/// <summary>A connection on which a test sends what no client library would. That the server closes it is an answer, not an error.</summary>
/// <param name="source">The address it comes from; on Linux all of 127.0.0.0/8 is this machine.</param>
internal sealed class RawConnection(string source = "127.0.0.1") : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawConnection> OpenAsync(Uri server, string source = "127.0.0.1")
    {
        var connection = new RawConnection(source);
        await connection.ConnectAsync(server);
        return connection;
    }

    public async Task ConnectAsync(Uri server)
    {
        if (OperatingSystem.IsLinux())
        {
            _socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        }

        try
        {
            await _socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
        }
        catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed as soon as it was open: reading says so.
        }
    }

    public async Task SendAsync(string text)
    {
        try
        {
            for (var rest = Encoding.ASCII.GetBytes(text).AsMemory(); rest.Length > 0;)
            {
                rest = rest[await _socket.SendAsync(rest)..];
            }
        }
        catch (SocketException)
        {
            // Closed: reading says so.
        }
    }

    /// <summary>The line with the status of what the server sends next; empty when it closes the connection without a word.</summary>
    public async Task<string> StatusAsync()
    {
        var answer = new byte[4_096];
        try
        {
            var read = await _socket.ReceiveAsync(answer).WaitAsync(ServerProcess.Patience);
            return Encoding.ASCII.GetString(answer, 0, read).Split("\r\n")[0];
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>All that the server sends until it closes the connection; empty when it does so without a word.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var answer = new StringBuilder();
        var buffer = new byte[4_096];
        try
        {
            while (await _socket.ReceiveAsync(buffer).WaitAsync(ServerProcess.Patience) is > 0 and var read)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Closed: what came before is the answer.
        }

        return answer.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
