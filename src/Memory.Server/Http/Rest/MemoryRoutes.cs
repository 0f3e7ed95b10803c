using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Memory.Server.Http.Rest;

/// <summary>Memories: list, store, show, update, judge, forget.</summary>
internal static class MemoryRoutes
{
    private const string Tag = "memories";
    private const int DefaultPage = 50;

    public static void Map(IEndpointRouteBuilder api, RestCalls calls, MemoryService memories)
    {
        api.MapGet("/memories", (string? @namespace, string? kind, string? tag, string? state, string? since, string? until, int? limit, string? cursor, CancellationToken cancellation) =>
            calls.LookAsync("list", Scopes.Read, @namespace, null, ns => ListAsync(memories, ns, kind, tag, state, since, until, limit, cursor, cancellation), cancellation))
            .Produces<MemoriesItem>().WithTags(Tag).WithSummary("List memories, the last stored first; 'next' is the cursor of the next page.");

        api.MapPost("/memories", (HttpContext context, string? @namespace) => calls.ToolAsync(context, "store", answer: static (stored, ns) =>
            stored.Data.GetProperty("memories") is var all && all.GetArrayLength() == 1
                ? Results.Extensions.Located($"{RestApi.Root}/memories/{all[0].GetProperty("id").GetString()}?namespace={ns}", RestAnswer.Json(stored.Data, StatusCodes.Status201Created))
                : RestAnswer.Json(stored.Data, StatusCodes.Status201Created)))
            .DescribedByTool("store", Tag, "Store one memory or up to 100. Location names it when it is one.", StatusCodes.Status201Created).WithHeaders(StatusCodes.Status201Created, "Location");

        api.MapGet("/memories/{id}", (HttpContext context, string id, string? @namespace, CancellationToken cancellation) =>
            calls.LookAsync("show", Scopes.Read, @namespace, Id(id), ns => ShowAsync(context, memories, ns, id, cancellation), cancellation))
            .Produces<MemoryDetailsItem>().WithMetadata(VersionedRoute.Reads).WithHeaders(StatusCodes.Status200OK, "ETag").WithHeaders(StatusCodes.Status304NotModified, "ETag").WithTags(Tag).WithSummary("Show a memory with its evidence and lineage; ETag names its version.");

        api.MapPatch("/memories/{id}", (HttpContext context, string id, string? @namespace) =>
            ChangeAsync(calls, context, "update", id, (updated, ns) => new VersionedAnswer(memories, ns, updated.Data.GetProperty("id").GetString()!, RestAnswer.Json(updated.Data))))
            .DescribedByTool("update", Tag, "Update a memory; with If-Match only when it is still the version that was seen. New content makes a new memory: Location and ETag name it.")
            .WithMetadata(VersionedRoute.Changes).WithHeaders(StatusCodes.Status200OK, "ETag", "Location");

        api.MapPost("/memories/{id}/feedback", (HttpContext context, string id, string? @namespace) =>
            calls.ToolAsync(context, "feedback", [("id", RestArguments.Of(id))]))
            .DescribedByTool("feedback", Tag, "Confirm or refute a memory, or judge it with another.");

        api.MapDelete("/memories/{id}", (HttpContext context, string id, string? @namespace) =>
            ChangeAsync(calls, context, "forget", id))
            .DescribedByTool("forget", Tag, "Erase a memory, its earlier versions and what was merged into it for good; with If-Match only when it is still the version that was seen.").WithMetadata(VersionedRoute.Changes);
    }

    private static async Task<Outcome<Shown>> ListAsync(
        MemoryService memories, Namespace ns, string? kind, string? tag, string? state, string? since, string? until, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var (from, to) = (RestArguments.Time("since", since), RestArguments.Time("until", until, endOfDay: true));
        MemoryKind? wantedKind = null;
        MemoryState? wantedState = null;
        if ((from.Problem ?? to.Problem) is { } time)
        {
            return time;
        }

        if (kind is not null && (wantedKind = Word(kind, Names.Of, Enum.GetValues<MemoryKind>())) is null)
        {
            return new Problem(ProblemCode.Invalid, $"kind is '{RestArguments.Excerpt(kind)}'; one of {string.Join(", ", Enum.GetValues<MemoryKind>().Select(Names.Of))} is allowed.");
        }

        if (state is not null && (wantedState = Word(state, Names.Of, [MemoryState.Active, MemoryState.Merged, MemoryState.Superseded, MemoryState.Archived])) is null)
        {
            return new Problem(ProblemCode.Invalid, $"state is '{RestArguments.Excerpt(state)}'; one of active, merged, superseded, archived is allowed.");
        }

        MemoryId? after = null;
        if (cursor is not null)
        {
            var read = Cursor.Read(cursor, ns);
            if (!read.Succeeded)
            {
                return read.Problem;
            }

            after = read.Value;
        }

        var filter = new MemoryFilter
        {
            Kinds = wantedKind is { } k ? [k] : [], States = [wantedState ?? MemoryState.Active], Tags = tag is null ? [] : [tag], Since = from.Value, Until = to.Value,
        };
        var page = await memories.ListAsync(ns, filter, after, limit ?? DefaultPage, cancellationToken);
        return page.Succeeded
            ? new Shown(
                RestAnswer.Json(
                    new MemoriesItem([.. page.Value.Memories.Select(static m => MemoryItems.Of(m))], page.Value.Next is { } next ? Cursor.Of(ns, next) : null), RestJson.Default.MemoriesItem),
                [.. page.Value.Memories.Select(static m => m.Id.Value)])
            : page.Problem;
    }

    private static async Task<Outcome<Shown>> ShowAsync(HttpContext context, MemoryService memories, Namespace ns, string id, CancellationToken cancellationToken)
    {
        if (!MemoryId.TryParse(id, out var parsed))
        {
            return new Problem(ProblemCode.NotFound, $"No memory has this id in namespace '{ns}'.");
        }

        var details = await memories.ShowAsync(ns, parsed, cancellationToken);
        if (!details.Succeeded)
        {
            return details.Problem;
        }

        var (shown, tag) = VersionedAnswer.Of(details.Value);
        context.Response.Headers.ETag = tag;
        return new Shown(
            MemoryVersion.MatchesAnswer(context.Request.Headers.IfNoneMatch, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : RestAnswer.Json(shown),
            [details.Value.Memory.Id.Value]);
    }

    private static async Task<IResult> ChangeAsync(RestCalls calls, HttpContext context, string tool, string id, Func<ToolAnswer, Namespace, IResult>? answer = null) =>
        MemoryVersion.TryReadIfMatch(context.Request.Headers.IfMatch, out var expects, out var problem)
            ? await calls.ToolAsync(context, tool, [("id", RestArguments.Of(id))], expects, answer)
            : RestAnswer.Problem(problem);

    private static string? Id(string text) => MemoryId.TryParse(text, out var id) ? id.Value : null;

    private static T? Word<T>(string word, Func<T, string> name, T[] all) where T : struct => Array.FindIndex(all, v => name(v) == word) is >= 0 and var i ? all[i] : null;
}
