using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Prompts;
using Memory.Server.Resources;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Completes the <c>namespace</c> and <c>tag</c> arguments of prompts and resource templates while a person types.</summary>
internal sealed class CompletionCatalog(MemoryService memories, IMemoryStore store, CallerContext callers, AuditLog audit, RequestFailures failures)
{
    // The protocol allows no more.
    private const int MaxValues = 100;

    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.Params is not { Ref: { } completed, Argument: { } argument } parameters)
        {
            throw new McpProtocolException("params must have 'ref', which names a prompt or a resource template, and 'argument' with 'name' and 'value'.", McpErrorCode.InvalidParams);
        }

        RequireKnown(completed);
        var typed = argument.Value ?? string.Empty;
        var values = argument.Name switch
        {
            "namespace" => await failures.ExplainAsync("completion/complete", () => NamespacesAsync(typed, cancellationToken)),
            "tag" => await failures.ExplainAsync("completion/complete", () => TagsAsync(parameters.Context, typed, cancellationToken)),
            _ => [],
        };
        return new CompleteResult { Completion = new Completion { Values = [.. values.Take(MaxValues)], HasMore = values.Count > MaxValues } };
    }

    private static void RequireKnown(Reference completed)
    {
        var problem = completed switch
        {
            PromptReference { Name: var name } => PromptCatalog.Unknown(name),
            ResourceTemplateReference { Uri: var uri } => ResourceCatalog.UnknownTemplate(uri),
            _ => null,
        };
        if (problem is not null)
        {
            throw new McpProtocolException(problem, McpErrorCode.InvalidParams);
        }
    }

    private async Task<IReadOnlyList<string>> NamespacesAsync(string typed, CancellationToken cancellationToken) =>
        [.. (await store.NamespacesAsync(cancellationToken)).Append(callers.Default ?? default).Distinct()
            .Where(ns => callers.Caller.Refuse(Scopes.Read, ns) is null)
            .Select(static ns => ns.Value)
            .Where(ns => ns.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];

    // Tags are completed within the namespace that was typed before; of what is none, or one the caller may not see, there is nothing to say.
    private async Task<IReadOnlyList<string>> TagsAsync(CompleteContext? context, string typed, CancellationToken cancellationToken)
    {
        string? named = null;
        if (context?.Arguments?.TryGetValue("namespace", out named) == true && !Namespace.TryParse(named, out _))
        {
            return [];
        }

        var admitted = callers.Admit(Scopes.Read, named);
        await audit.NoteAsync("complete tags", named ?? callers.Default?.Value, null, admitted.Problem);
        return admitted.Succeeded ? await memories.TagsAsync(admitted.Value, typed, MaxValues + 1, cancellationToken) : [];
    }
}
