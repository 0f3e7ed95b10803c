using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server.Tools;

/// <summary>Sends progress notifications one after another, and all of them before the answer.</summary>
internal sealed class ToolProgress : IProgress<ProgressNotificationValue>
{
    private readonly McpServer _server;
    private readonly ProgressToken? _token;
    private Task _sent = Task.CompletedTask;

    private ToolProgress(McpServer server, ProgressToken? token)
    {
        _server = server;
        _token = token;
    }

    public static ToolProgress For(RequestContext<CallToolRequestParams> context) => new(context.Server, context.Params?.ProgressToken);

    public void Report(ProgressNotificationValue value)
    {
        if (_token is { } token)
        {
            _sent = SendAfter(_sent, token, value);
        }
    }

    /// <summary>Waits until everything reported is sent.</summary>
    public Task DrainAsync() => _sent;

    private async Task SendAfter(Task before, ProgressToken token, ProgressNotificationValue value)
    {
        await before;
        await _server.NotifyProgressAsync(token, value);
    }
}
