using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Memory.Server.Http.Rest;

/// <summary>Runs of consolidation: list, show, undo.</summary>
internal static class RunRoutes
{
    private const string Tag = "consolidation";
    private const int DefaultLimit = 20;
    private const int MaxLimit = 200;

    public static void Map(IEndpointRouteBuilder api, RestCalls calls, Consolidator consolidator)
    {
        api.MapGet("/runs", (string? @namespace, int? limit, CancellationToken cancellation) =>
            calls.LookAsync("runs", Scopes.Read, @namespace, null, async ns =>
            {
                if (limit is not (null or (>= 1 and <= MaxLimit)))
                {
                    return new Problem(ProblemCode.Invalid, $"limit is {limit}; a number from 1 to {MaxLimit} is allowed.");
                }

                var runs = await consolidator.RunsAsync(ns, limit ?? DefaultLimit, cancellation);
                return new Shown(RestAnswer.Json(new RunsItem([.. runs.Select(MemoryItems.Of)]), RestJson.Default.RunsItem), [.. runs.Select(static r => r.Id.Value)]);
            }))
            .Produces<RunsItem>().WithTags(Tag).WithSummary("The latest runs, newest first.");

        api.MapGet("/runs/{run}", (string run, string? @namespace, CancellationToken cancellation) =>
            calls.LookAsync("run", Scopes.Read, @namespace, RunId.TryParse(run, out var id) ? id.Value : null, async ns =>
            {
                var found = id.Value.Length > 0 ? await consolidator.FindRunAsync(ns, id, cancellation) : new Problem(ProblemCode.NotFound, $"No run has this name in namespace '{ns}'.");
                return found.Succeeded ? new Shown(RestAnswer.Json(MemoryItems.Of(found.Value), RestJson.Default.RunItem), [id.Value]) : found.Problem;
            }))
            .Produces<RunItem>().WithTags(Tag).WithSummary("One run.");

        api.MapPost("/runs/{run}/undo", (HttpContext context, string run, string? @namespace) =>
            calls.ToolAsync(context, "consolidate", arguments => arguments.With("undo_run", run)))
            .As("consolidate", Tag, "Put back what a run changed.");
    }
}
