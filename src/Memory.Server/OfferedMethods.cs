using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Refuses requests for methods that this server does not offer and names those it does: the SDK would answer some of them as if they had been done.</summary>
internal static class OfferedMethods
{
    private static readonly string[] Names =
    [
        RequestMethods.Initialize, RequestMethods.Ping, RequestMethods.ServerDiscover, RequestMethods.SubscriptionsListen,
        RequestMethods.ToolsList, RequestMethods.ToolsCall, RequestMethods.ResourcesList, RequestMethods.ResourcesTemplatesList, RequestMethods.ResourcesRead,
        RequestMethods.PromptsList, RequestMethods.PromptsGet, RequestMethods.CompletionComplete,
    ];

    public static McpMessageHandler RefuseOthers(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcRequest request && !Names.Contains(request.Method, StringComparer.Ordinal)
            ? throw new McpProtocolException($"Method '{request.Method}' is not offered; offered are {string.Join(", ", Names)}.", McpErrorCode.MethodNotFound)
            : next(context, cancellationToken);
}
