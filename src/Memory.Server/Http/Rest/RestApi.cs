using Memory.Server.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Memory.Server.Http.Rest;

/// <summary>REST under <c>/api/v1</c>, for callers that need no model: the same methods as the tools, with the same words.</summary>
internal static class RestApi
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication app, ServerComposition composition, CallerWatch watch)
    {
        var calls = new RestCalls(composition);
        var api = app.MapGroup(Root);
        api.AddEndpointFilterFactory(QueryParameters.RefuseOthers);
        MemoryRoutes.Map(api, calls, composition.Memories);
        RecallRoutes.Map(api, calls);
        RunRoutes.Map(api, calls, composition.Consolidator);
        JobRoutes.Map(api, calls, new ConsolidationJobs(composition.Tools, composition.Callers, watch, TimeProvider.System, app.Lifetime.ApplicationStopping), composition.Consolidator);
        AdminRoutes.Map(api, calls, composition);
    }

    /// <summary>Says which tool's schemas describe a route's body and answer.</summary>
    /// <param name="route">The route.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="tag">Under what it is listed.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="status">With which status it gives the tool's answer; <see langword="null"/> when it gives another.</param>
    /// <param name="body">Which of the tool's arguments its body may hold; <see langword="null"/> for all that do not stand in its path.</param>
    public static RouteHandlerBuilder DescribedByTool(
        this RouteHandlerBuilder route, string tool, string tag, string summary, int? status = StatusCodes.Status200OK, string[]? body = null) =>
        route.WithMetadata(new ToolOfRoute(tool, status, body)).WithTags(tag).WithSummary(summary);

    /// <summary>Says which headers a route's answer of a status has.</summary>
    /// <param name="route">The route.</param>
    /// <param name="status">The status.</param>
    /// <param name="names">The headers.</param>
    public static RouteHandlerBuilder WithHeaders(this RouteHandlerBuilder route, int status, params string[] names) => route.WithMetadata(new HeadersOfRoute(status, names));
}

/// <summary>That a route tells the version of what it shows, or minds the version that was seen.</summary>
internal enum VersionedRoute
{
    /// <summary>Answers with <c>ETag</c>, and 304 to <c>If-None-Match</c> of the same.</summary>
    Reads,

    /// <summary>Takes <c>If-Match</c>.</summary>
    Changes,
}

/// <summary>The tool that a route calls, the status of its answer, and which of its arguments the body may hold.</summary>
internal sealed record ToolOfRoute(string Tool, int? Status, string[]? Body);

/// <summary>The headers that an answer of a status has.</summary>
internal sealed record HeadersOfRoute(int Status, string[] Names);
