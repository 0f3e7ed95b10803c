using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Says what is wrong with params that do not have the form of their method; the SDK would say only that an error occurred.</summary>
internal static class InvalidParams
{
    public static McpMessageHandler Explain(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException error) when (context.JsonRpcMessage is JsonRpcRequest request)
        {
            throw new McpProtocolException(
                $"The params of {request.Method} are not of the form that is allowed: see {error.Path ?? "$"}. Names are strings; arguments is an object.", error, McpErrorCode.InvalidParams);
        }
    };
}
