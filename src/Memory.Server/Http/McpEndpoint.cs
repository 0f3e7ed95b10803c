using Memory.Server.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Memory.Server.Http;

/// <summary>MCP over Streamable HTTP at <c>/mcp</c>: no sessions, the same handlers as over stdio.</summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";

    public static void Add(IServiceCollection services, ServerComposition composition) => services
        .AddMcpServer(options =>
        {
            var shared = composition.Mcp;
            options.ServerInfo = shared.ServerInfo;
            options.ServerInstructions = shared.ServerInstructions;
            options.Capabilities = shared.Capabilities;
            options.Handlers = shared.Handlers;
            options.Filters = new McpServerFilters { Message = new McpMessageFilters
            {
                IncomingFilters = [RequireCaller(composition), .. shared.Filters.Message.IncomingFilters],
                OutgoingFilters = [.. shared.Filters.Message.OutgoingFilters],
            } };
        })
        .WithHttpTransport(static o => o.SessionMode = HttpServerSessionMode.Stateless);

    public static void Map(WebApplication app) => app.MapMcp(Path).WithRequestTimeout(RequestTimes.Long)
        .Add(static endpoint => endpoint.RequestDelegate = McpBody.Checked(endpoint.RequestDelegate!));

    // Without its caller a request would count as the process's own work, which may do everything: better nothing is done at all.
    private static McpMessageFilter RequireCaller(ServerComposition composition) => next => async (context, cancellationToken) =>
    {
        if (composition.Callers.Current is null)
        {
            throw new McpException("The request has lost its caller; it was not carried out.");
        }

        await next(context, cancellationToken);
    };
}
