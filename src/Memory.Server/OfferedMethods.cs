using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Refuses requests for methods that this server does not offer and names those it does: the SDK would answer some of them as if they had been done.</summary>
internal static class OfferedMethods
{
    // Not named to those who look for a method: not every version of the protocol has them.
    private static readonly string[] Handshake = [RequestMethods.Initialize, RequestMethods.Ping];

    private static readonly string[] Names =
    [
        RequestMethods.ServerDiscover, RequestMethods.SubscriptionsListen,
        RequestMethods.ToolsList, RequestMethods.ToolsCall, RequestMethods.ResourcesList, RequestMethods.ResourcesTemplatesList, RequestMethods.ResourcesRead,
        RequestMethods.PromptsList, RequestMethods.PromptsGet, RequestMethods.CompletionComplete,
    ];

    public static McpMessageHandler RefuseOthers(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcRequest request && !Names.Concat(Handshake).Contains(request.Method, StringComparer.Ordinal)
            ? throw new McpProtocolException($"Method '{request.Method}' is not offered; offered are {string.Join(", ", Names)}.", McpErrorCode.MethodNotFound)
            : next(context, cancellationToken);
}
