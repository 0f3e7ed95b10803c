using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Says what is wrong with params that do not have the form of their method; the SDK would say only that an error occurred.</summary>
internal static class InvalidParams
{
    public static McpMessageHandler Explain(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Params: JsonObject given } list && list.Method.EndsWith("/list", StringComparison.Ordinal) && given["cursor"] is not null)
        {
            // The SDK would answer the first page again, and whoever goes on as long as there are pages would never end.
            throw new McpProtocolException($"{list.Method} gave no cursor: what there is stands on one page. Leave cursor out.", McpErrorCode.InvalidParams);
        }

        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException error) when (context.JsonRpcMessage is JsonRpcRequest request)
        {
            throw new McpProtocolException(
                $"The params of {request.Method} are not of the form that is allowed: see {error.Path ?? "$"}. {Form(request.Method)}", error, McpErrorCode.InvalidParams);
        }
    };

    private static string Form(string method) => method switch
    {
        RequestMethods.ToolsCall => "name (a string) is needed; arguments is an object.",
        RequestMethods.ResourcesRead => "uri (a string) is needed.",
        RequestMethods.PromptsGet => "name (a string) is needed; arguments is an object.",
        RequestMethods.CompletionComplete => "ref (an object with its type) and argument (an object with name and value, both strings) are needed.",
        RequestMethods.Initialize => "protocolVersion (a string), capabilities (an object) and clientInfo (an object with name and version) are needed.",
        _ => "params is an object.",
    };
}
