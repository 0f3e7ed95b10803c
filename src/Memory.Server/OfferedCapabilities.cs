using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Takes out of the handshake what the SDK offers by itself and this server does not do: logging over the protocol. Logs go to stderr.</summary>
internal static class OfferedCapabilities
{
    public static McpMessageHandler Keep(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result } && result["capabilities"] is JsonObject capabilities && result.ContainsKey("serverInfo"))
        {
            capabilities.Remove("logging");
        }

        return next(context, cancellationToken);
    };
}
