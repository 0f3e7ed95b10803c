using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Memory.Server.Http.Limits;

/// <summary>
/// How many connections one address may hold, so that none can take all there are: the surplus is closed at once. And one that says nothing is
/// closed after a while, as the time for headers begins with their first byte.
/// </summary>
/// <param name="most">How many of one address.</param>
/// <param name="firstByte">How long one may say nothing.</param>
internal sealed class ConnectionLimit(int most, TimeSpan firstByte)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);

    /// <summary>Counts a connection while it lasts.</summary>
    public async Task CountAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = ClientAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!TryBegin(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            End(address);
        }
    }

    /// <summary>Hands a connection on when its first byte is there.</summary>
    public async Task AwaitFirstByteAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var ending = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(ending))
        {
            waiting.CancelAfter(firstByte);
            try
            {
                var first = await connection.Transport.Input.ReadAsync(waiting.Token);
                connection.Transport.Input.AdvanceTo(first.Buffer.Start);
            }
            catch (OperationCanceledException)
            {
                connection.Abort();
                return;
            }
        }

        await next(connection);
    }

    private bool TryBegin(string address)
    {
        lock (_lock)
        {
            var held = _held.GetValueOrDefault(address);
            if (held >= most)
            {
                return false;
            }

            _held[address] = held + 1;
            return true;
        }
    }

    private void End(string address)
    {
        lock (_lock)
        {
            if (--_held[address] == 0)
            {
                _held.Remove(address);
            }
        }
    }
}
