using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Refuses requests for methods that this server does not offer and names those it does: the SDK would answer some of them as if they had been done.</summary>
internal static class OfferedMethods
{
    // The revision that has neither handshake nor ping, see SEP-2575 of the protocol.
    private const string WithoutHandshakeSince = "2026-07-28";

    private static readonly string[] WithHandshake = [RequestMethods.Initialize, RequestMethods.Ping];
    private static readonly string[] WithoutHandshake = [RequestMethods.ServerDiscover, RequestMethods.SubscriptionsListen];

    private static readonly string[] OfEveryRevision =
    [
        RequestMethods.ToolsList, RequestMethods.ToolsCall, RequestMethods.ResourcesList, RequestMethods.ResourcesTemplatesList, RequestMethods.ResourcesRead,
        RequestMethods.PromptsList, RequestMethods.PromptsGet, RequestMethods.CompletionComplete,
    ];

    private static readonly string[] All = [.. WithHandshake, .. WithoutHandshake, .. OfEveryRevision];

    public static McpMessageHandler RefuseOthers(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcRequest request && !All.Contains(request.Method, StringComparer.Ordinal)
            ? throw new McpProtocolException(
                $"Method '{request.Method}' is not offered; offered are {string.Join(", ", Of(request.Context?.ProtocolVersion ?? context.Server.NegotiatedProtocolVersion))}.",
                McpErrorCode.MethodNotFound)
            : next(context, cancellationToken);

    // Who has not said which revision it speaks may begin either way.
    private static IEnumerable<string> Of(string? revision) =>
        revision is null ? All
        : string.CompareOrdinal(revision, WithoutHandshakeSince) < 0 ? WithHandshake.Concat(OfEveryRevision)
        : WithoutHandshake.Concat(OfEveryRevision);
}
