using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Server.Tools;
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
        api.MapGet("/runs", (string? @namespace, int? limit, string? cursor, CancellationToken cancellation) =>
            calls.LookAsync("runs", Scopes.Read, @namespace, null, ns => ListAsync(consolidator, ns, limit, cursor, cancellation), cancellation))
            .Produces<RunsItem>().WithTags(Tag).WithSummary("List runs, the newest first; 'next' is the cursor of the next page.");

        api.MapGet("/runs/{run}", (string run, string? @namespace, CancellationToken cancellation) =>
            calls.LookAsync("run", Scopes.Read, @namespace, RunId.TryParse(run, out var id) ? id.Value : null, async ns =>
            {
                var found = id.Value.Length > 0 ? await consolidator.FindRunAsync(ns, id, cancellation) : new Problem(ProblemCode.NotFound, $"No run has this name in namespace '{ns}'.");
                return found.Succeeded ? new Shown(RestAnswer.Json(RunItem.Of(found.Value), RestJson.Default.RunItem), [id.Value]) : found.Problem;
            }, cancellation))
            .Produces<RunItem>().WithTags(Tag).WithSummary("One run.");

        api.MapPost("/runs/{run}/undo", async (HttpContext context, string run, string? @namespace) => RunId.TryParse(run, out _)
            ? await calls.ToolAsync(context, "consolidate", [("undo_run", RestArguments.Of(run))])
            : RestAnswer.Problem(new Problem(ProblemCode.NotFound, "No run has this name.")))
            .DescribedByTool("consolidate", Tag, "Put back what a run changed.", body: ["namespace"]);
    }

    private static async Task<Outcome<Shown>> ListAsync(Consolidator consolidator, Namespace ns, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new Problem(ProblemCode.Invalid, $"limit is {limit}; a number from 1 to {MaxLimit} is allowed.");
        }

        RunId? after = null;
        if (cursor is not null)
        {
            var read = Cursor.ReadRun(cursor, ns);
            if (!read.Succeeded)
            {
                return read.Problem;
            }

            after = read.Value;
        }

        var page = await consolidator.RunsAsync(ns, after, limit ?? DefaultLimit, cancellationToken);
        return new Shown(
            RestAnswer.Json(new RunsItem([.. page.Runs.Select(RunItem.Of)], page.Next is { } next ? Cursor.Of(ns, next) : null), RestJson.Default.RunsItem),
            [.. page.Runs.Select(static r => r.Id.Value)]);
    }
}
