using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>
/// Lets the JSON serializer get to know the protocol's messages on another core while this one reads the settings and puts the server together: resources
/// and prompts have many, and each is compiled at run time. Who needs a message before that makes what it needs itself, as without.
/// </summary>
internal static class ProtocolWarmUp
{
    private static readonly Type[] Messages =
    [
        typeof(JsonRpcMessage), typeof(InitializeRequestParams), typeof(InitializeResult), typeof(ListToolsResult), typeof(CallToolResult),
        typeof(ListResourcesResult), typeof(ListResourceTemplatesResult), typeof(ReadResourceResult), typeof(ListPromptsResult), typeof(GetPromptResult), typeof(CompleteResult),
    ];

    public static void Begin() => ThreadPool.UnsafeQueueUserWorkItem(
        static _ =>
        {
            foreach (var message in Messages)
            {
                McpJsonUtilities.DefaultOptions.TryGetTypeInfo(message, out var _);
            }
        },
        state: null);
}
