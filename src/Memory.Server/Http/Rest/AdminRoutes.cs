using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Memory.Server.Http.Rest;

/// <summary>What an administrator looks at: the audit log and the keys. Making and revoking keys needs the machine itself.</summary>
internal static class AdminRoutes
{
    private const string Tag = "administration";

    public static void Map(IEndpointRouteBuilder api, RestCalls calls, ServerComposition composition)
    {
        api.MapGet("/audit", (string? caller, string? @namespace, string? action, string? since, string? until, long? before, int? limit, CancellationToken cancellation) =>
            calls.AdministerAsync("audit", Namespace.TryParse(@namespace, out var ns) ? ns : null, () => AuditAsync(composition, caller, @namespace, action, since, until, before, limit, cancellation), cancellation))
            .Produces<AuditLinesItem>().WithTags(Tag).WithSummary("Who did what, the newest first.");

        api.MapGet("/keys", (CancellationToken cancellation) => calls.AdministerAsync("keys", null, async () => Outcome.Of(RestAnswer.Json(
            new KeysItem([.. (await composition.Keys.ListAsync(cancellation)).Select(static k => new KeyItem(
                k.Id, k.Name, k.Namespaces.ToString(), ScopeNames.Of(k.Scopes), IsoTime.Format(k.CreatedAt), Time(k.ExpiresAt), Time(k.RevokedAt)))]),
            RestJson.Default.KeysItem)), cancellation))
            .Produces<KeysItem>().WithTags(Tag).WithSummary("Every key, without its secret.");
    }

    private static async Task<Outcome<IResult>> AuditAsync(
        ServerComposition composition, string? caller, string? ns, string? action, string? since, string? until, long? before, int? limit, CancellationToken cancellationToken)
    {
        var (from, to) = (RestArguments.Time("since", since), RestArguments.Time("until", until, endOfDay: true));
        if ((from.Problem ?? to.Problem) is { } problem)
        {
            return problem;
        }

        if (ns is not null && !Namespace.TryParse(ns, out _))
        {
            return new Problem(ProblemCode.Invalid, $"namespace is '{RestArguments.Excerpt(ns)}'; {Namespace.Allowed} are allowed.");
        }

        if (limit is < 1 or > AuditQuery.MaxLimit)
        {
            return new Problem(ProblemCode.Invalid, $"limit is {limit}; a number from 1 to {AuditQuery.MaxLimit} is allowed.");
        }

        if (before is < 1)
        {
            return new Problem(ProblemCode.Invalid, $"before is {before}; a number from 1 on is allowed.");
        }

        if (action is not null && AuditActions.All(composition.Tools.Names) is var actions && !actions.Contains(action))
        {
            return new Problem(ProblemCode.Invalid, $"action is '{RestArguments.Excerpt(action)}'; one of {string.Join(", ", actions)} is allowed.");
        }

        // What is pending belongs to what was done before the question.
        await composition.Audit.FlushAsync();
        var query = new AuditQuery { Caller = caller, Namespace = ns, Action = action, Since = from.Value, Until = to.Value, Before = before };
        query = limit is { } wanted ? query with { Limit = wanted } : query;
        var lines = await composition.Access.AuditAsync(query, cancellationToken);
        return Outcome.Of(RestAnswer.Json(
            new AuditLinesItem(
                [.. lines.Select(static l => new AuditItem(l.Number, IsoTime.Format(l.At), l.Caller, l.Address, l.Action, l.Namespace, l.Subject, l.Result))],
                lines.Count == query.Limit ? lines[^1].Number : null),
            RestJson.Default.AuditLinesItem));
    }

    private static string? Time(DateTimeOffset? time) => time is { } at ? IsoTime.Format(at) : null;
}
