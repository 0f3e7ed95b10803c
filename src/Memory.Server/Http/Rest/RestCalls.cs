using System.Text.Json;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace Memory.Server.Http.Rest;

/// <summary>The two ways in which a route does its work: it calls a tool, or it looks at something no tool shows.</summary>
internal sealed class RestCalls(ServerComposition composition)
{
    private static readonly Progress<ProgressNotificationValue> Untold = new();

    public CallerContext Callers => composition.Callers;

    /// <summary>Calls a tool with the body of the request and what stands in its path and query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="named">The arguments that stand in its path and query, besides the namespace: <see langword="null"/> what does not.</param>
    /// <param name="expects">Whether a memory is still what the caller has seen.</param>
    /// <param name="answer">Makes the answer of a success in a namespace; 200 with the tool's data when left out.</param>
    public async Task<IResult> ToolAsync(
        HttpContext context, string tool, (string Name, JsonElement? Value)[]? named = null, Func<MemoryRecord, bool>? expects = null, Func<ToolAnswer, Namespace, IResult>? answer = null)
    {
        var arguments = await RestArguments.ReadAsync(context.Request, [.. named ?? [], ("namespace", RestArguments.Of(context.Request.Query["namespace"]))]);
        if (!arguments.Succeeded)
        {
            return RestAnswer.Problem(arguments.Problem);
        }

        var outcome = await composition.Tools.RunAsync(composition.Tools.Find(tool)!, arguments.Value, Untold, expects, context.RequestAborted);
        return !outcome.Succeeded ? RestAnswer.Problem(outcome.Problem)
            : answer is null ? RestAnswer.Json(outcome.Value.Data)
            : answer(outcome.Value, Namespace.TryParse(new ToolArguments(arguments.Value).Text("namespace"), out var where) ? where : Callers.Default!.Value);
    }

    /// <summary>Looks at something, for a caller who may, and notes that.</summary>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="needed">What the caller must be allowed to do.</param>
    /// <param name="named">The namespace that the request names.</param>
    /// <param name="subject">The id that it names; <see langword="null"/> for none.</param>
    /// <param name="look">Looks, and makes the answer.</param>
    /// <param name="cancellationToken">Ends the wait for the caller's turn.</param>
    public async Task<IResult> LookAsync(string action, Scopes needed, string? named, string? subject, Func<Namespace, Task<Outcome<Shown>>> look, CancellationToken cancellationToken)
    {
        var admitted = Callers.Admit(needed, named);
        var outcome = admitted.Succeeded ? await LookAsync(action, () => composition.Turns.RunAsync(() => look(admitted.Value), cancellationToken)) : admitted.Problem;
        await composition.Audit.NoteAsync(
            action, admitted.Succeeded ? admitted.Value.Value : Namespace.TryParse(named, out var parsed) ? parsed.Value : null,
            subject ?? (outcome.Succeeded ? AuditSubject.Of(outcome.Value.Ids) : null), outcome.Problem);
        return outcome.Succeeded ? outcome.Value.Answer : RestAnswer.Problem(outcome.Problem);
    }

    /// <summary>The same of what concerns the whole server.</summary>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="ns">The one namespace it is about; <see langword="null"/> for all.</param>
    /// <param name="look">Looks, and makes the answer.</param>
    /// <param name="cancellationToken">Ends the wait for the caller's turn.</param>
    public async Task<IResult> AdministerAsync(string action, Namespace? ns, Func<Task<Outcome<IResult>>> look, CancellationToken cancellationToken)
    {
        var outcome = (ns is { } one ? Callers.Caller.Refuse(Scopes.Admin, one) : Callers.Caller.RefuseAdministration()) is { } refused ? refused : await LookAsync(action, () => composition.Turns.RunAsync(look, cancellationToken));
        await composition.Audit.NoteAsync(action, ns?.Value, null, outcome.Problem);
        return outcome.Succeeded ? outcome.Value : RestAnswer.Problem(outcome.Problem);
    }

    /// <summary>Notes what the caller did, or was refused.</summary>
    public ValueTask NoteAsync(string action, Namespace? ns, string? subject, Problem? problem, bool atOnce = false) =>
        composition.Audit.NoteAsync(action, ns?.Value, subject, problem, atOnce);

    private async Task<Outcome<T>> LookAsync<T>(string action, Func<Task<Outcome<T>>> look)
    {
        try
        {
            return await look();
        }
        catch (MemoryStoreException error)
        {
            return composition.Failures.Tell(action, error);
        }
    }
}

/// <summary>An answer, and what it tells of.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Ids">The memories or runs in it.</param>
internal readonly record struct Shown(IResult Answer, IReadOnlyList<string> Ids);
