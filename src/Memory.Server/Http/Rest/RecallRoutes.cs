using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Memory.Server.Http.Rest;

/// <summary>Recall, the graph of named things, and status.</summary>
internal static class RecallRoutes
{
    private const string Tag = "recall";

    public static void Map(IEndpointRouteBuilder api, RestCalls calls)
    {
        api.MapPost("/recall", (HttpContext context, string? @namespace) => calls.ToolAsync(context, "recall"))
            .DescribedByTool("recall", Tag, "Recall memories. In the body, as what somebody asks belongs into no log of addresses.");

        api.MapGet("/graph", (HttpContext context, string? @namespace, string? entity, int? depth, int? limit) =>
            calls.ToolAsync(context, "graph", [("entity", RestArguments.Of(entity)), ("depth", RestArguments.Of(depth)), ("limit", RestArguments.Of(limit))]))
            .DescribedByTool("graph", Tag, "The named things that memories mention together.");

        api.MapGet("/status", (HttpContext context, string? @namespace) => calls.ToolAsync(context, "status"))
            .DescribedByTool("status", Tag, "How a namespace is doing.");
    }
}
