using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>REST under <c>/api/v1</c>, for callers that need no model: the same methods as the tools, with the same words.</summary>
internal static class RestApi
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication app, ServerComposition composition)
    {
        var calls = new RestCalls(composition);
        var api = app.MapGroup(Root);
        MemoryRoutes.Map(api, calls, composition.Memories);
        RecallRoutes.Map(api, calls);
        RunRoutes.Map(api, calls, composition.Consolidator);
        JobRoutes.Map(api, calls, new ConsolidationJobs(composition.Tools, TimeProvider.System, app.Lifetime.ApplicationStopping));
        AdminRoutes.Map(api, calls, composition);
    }

    /// <summary>Says which tool's schemas describe a route's body and answer.</summary>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder route, string tool, string tag, string summary) =>
        route.WithMetadata(new ToolOfRoute(tool)).WithTags(tag).WithSummary(summary);
}

/// <summary>The tool that a route calls.</summary>
internal sealed record ToolOfRoute(string Tool);
