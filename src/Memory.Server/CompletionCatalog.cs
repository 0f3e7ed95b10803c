using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server;

/// <summary>Completes the <c>namespace</c> and <c>tag</c> arguments of prompts and resource templates while a person types.</summary>
internal sealed class CompletionCatalog(MemoryService memories, IMemoryStore store, Namespace defaultNamespace, RequestFailures failures)
{
    // The protocol allows no more.
    private const int MaxValues = 100;

    public async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> context, CancellationToken cancellationToken)
    {
        var argument = context.Params?.Argument;
        var typed = argument?.Value ?? string.Empty;
        var values = argument?.Name switch
        {
            "namespace" => await failures.ExplainAsync("completion/complete", () => NamespacesAsync(typed, cancellationToken)),
            "tag" => await failures.ExplainAsync("completion/complete", () => memories.TagsAsync(Named(context.Params!.Context), typed, MaxValues + 1, cancellationToken)),
            _ => [],
        };
        return new CompleteResult { Completion = new Completion { Values = [.. values.Take(MaxValues)], HasMore = values.Count > MaxValues } };
    }

    private async Task<IReadOnlyList<string>> NamespacesAsync(string typed, CancellationToken cancellationToken) =>
        [.. (await store.NamespacesAsync(cancellationToken)).Append(defaultNamespace).Distinct()
            .Select(static ns => ns.Value)
            .Where(ns => ns.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];

    // Tags are completed within the namespace that was typed before, as far as it is one.
    private Namespace Named(CompleteContext? context) =>
        context?.Arguments?.TryGetValue("namespace", out var named) == true && Namespace.TryParse(named, out var ns) ? ns : defaultNamespace;
}
