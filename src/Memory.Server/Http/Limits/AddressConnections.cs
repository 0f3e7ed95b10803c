using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Memory.Server.Http.Limits;

/// <summary>How many connections one address may hold: half of all. Who opens thousands and says nothing keeps nobody from another address out.</summary>
internal sealed class AddressConnections
{
    private const int Max = 1_000;

    private readonly ConcurrentDictionary<IPAddress, int> _open = [];

    /// <summary>Closes what an address opens beyond its share, without a word: words would cost more than the connection.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var open = _open.AddOrUpdate(address, 1, static (_, count) => count + 1);
        try
        {
            if (open > Max)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            if (_open.AddOrUpdate(address, 0, static (_, count) => count - 1) == 0)
            {
                // Only while it is still 0: another may have come.
                _open.TryRemove(KeyValuePair.Create(address, 0));
            }
        }
    };
}
