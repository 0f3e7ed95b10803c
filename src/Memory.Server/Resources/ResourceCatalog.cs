using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Server.Resources;

/// <summary>What a client can attach to a conversation: one memory, the overview of a namespace, or what the last night did.</summary>
internal sealed class ResourceCatalog(MemoryService memories, Consolidator consolidator, IMemoryStore store, CallerContext callers, CallerTurns turns, AuditLog audit, RequestFailures failures)
{
    private const string Markdown = "text/markdown";
    private const string InvalidParamsSince = "2026-07-28";
    private const string Allowed = $"Allowed: {MemoryUri.MemoryTemplate}, {MemoryUri.SnapshotTemplate} and {MemoryUri.DigestTemplate}.";
    private const int ShownPerKind = 10;
    private static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(1);

    private static readonly ResourceTemplate[] Templates =
    [
        new()
        {
            Name = "memory", Title = "A memory", UriTemplate = MemoryUri.MemoryTemplate, MimeType = Markdown,
            Description = "One memory with its evidence, the arithmetic of its confidence and its lineage.",
        },
        new()
        {
            Name = "snapshot", Title = "Overview of a namespace", UriTemplate = MemoryUri.SnapshotTemplate, MimeType = Markdown,
            Description = "What the namespace holds: counts, the memories most in use by kind, tags, last consolidation.",
        },
        new()
        {
            Name = "digest", Title = "Digest of the last night", UriTemplate = MemoryUri.DigestTemplate, MimeType = Markdown,
            Description = "What the last night's consolidation changed, and which contradictions wait for a decision.",
        },
    ];

    public static ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> context, CancellationToken cancellationToken) =>
        new(new ListResourceTemplatesResult { ResourceTemplates = Templates, TimeToLive = TimeSpan.FromHours(1), CacheScope = CacheScope.Public });

    /// <summary>Why a text is none of the templates, nor a resource made from one, or <see langword="null"/> when it is.</summary>
    public static string? UnknownTemplate(string? uri) => Array.Exists(Templates, t => t.UriTemplate == uri) || MemoryUri.TryParse(uri, out _) ? null
        : $"There is no resource template '{uri}'. {Allowed}";

    /// <summary>The overviews of the configured namespace and of all that hold memories, as far as the caller may see them.</summary>
    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> context, CancellationToken cancellationToken)
    {
        var namespaces = await failures.ExplainAsync("resources/list", () => store.NamespacesAsync(cancellationToken));
        return new ListResourcesResult
        {
            TimeToLive = ListLifetime,
            CacheScope = CacheScope.Private,
            Resources = [.. namespaces.Prepend(callers.Default ?? default).Where(ns => callers.Caller.Refuse(Scopes.Read, ns) is null).Distinct().SelectMany(static ns => new Resource[]
            {
                new() { Name = $"snapshot of {ns}", Title = $"Overview of memory '{ns}'", Uri = new MemoryUri(ns, null, MemoryUri.Snapshot).ToString(), MimeType = Markdown },
                new() { Name = $"digest of {ns}", Title = $"Last night in memory '{ns}'", Uri = new MemoryUri(ns, null, MemoryUri.Digest).ToString(), MimeType = Markdown },
            })],
        };
    }

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> context, CancellationToken cancellationToken)
    {
        var text = context.Params?.Uri;
        if (!MemoryUri.TryParse(text, out var uri))
        {
            throw NotFound(context, $"There is no resource '{text}'. {Allowed}");
        }

        var admitted = callers.Admit(Scopes.Read, uri.Namespace.Value);
        if (!admitted.Succeeded)
        {
            await NoteAsync(uri, [], admitted.Problem);
            throw new McpProtocolException(admitted.Problem.Message, McpErrorCode.InvalidParams);
        }

        var read = await failures.ExplainAsync("resources/read", () => turns.RunAsync(() => MarkdownAsync(uri, cancellationToken), cancellationToken));
        await NoteAsync(uri, read.Value?.Shown ?? [], read.Problem);
        var markdown = read.Succeeded ? read.Value.Text : throw NotFound(context, read.Problem.Message);
        return new ReadResourceResult
        {
            Contents = [new TextResourceContents { Uri = text!, MimeType = Markdown, Text = markdown }],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }

    // Since 2026-07-28 a missing resource is one of the params that are wrong, and the data names it; see SEP-2164 of the protocol.
    private static McpProtocolException NotFound(RequestContext<ReadResourceRequestParams> context, string message)
    {
        var version = context.JsonRpcRequest.Context?.ProtocolVersion ?? context.Server.NegotiatedProtocolVersion;
        var code = string.CompareOrdinal(version, InvalidParamsSince) >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound;
        return new McpProtocolException(message, code) { Data = { ["uri"] = context.Params?.Uri } };
    }

    // The memory that was asked for, found or not, and what a page showed.
    private ValueTask NoteAsync(MemoryUri uri, IEnumerable<MemoryId> shown, Problem? problem) => audit.NoteAsync(
        "read resource", uri.Namespace.Value, AuditSubject.Of((uri.Id is { } id ? shown.Prepend(id) : shown).Select(static i => i.Value)), problem);

    private async Task<Outcome<Page>> MarkdownAsync(MemoryUri uri, CancellationToken cancellationToken)
    {
        if (uri.Id is { } id)
        {
            var details = await memories.ShowAsync(uri.Namespace, id, cancellationToken);
            return details.Succeeded ? new Page(MemoryMarkdown.Of(details.Value), []) : details.Problem;
        }

        if (uri.Page == MemoryUri.Digest)
        {
            return new Page(DigestMarkdown.Of(uri.Namespace, await consolidator.DigestAsync(uri.Namespace, cancellationToken)), []);
        }

        var overview = await memories.OverviewAsync(uri.Namespace, ShownPerKind, cancellationToken);
        return new Page(SnapshotMarkdown.Of(overview), [.. overview.MostActive.Values.SelectMany(static shown => shown).Select(static m => m.Id)]);
    }

    /// <summary>The text of a resource, and the memories it shows besides the one that was asked for.</summary>
    private sealed record Page(string Text, IReadOnlyList<MemoryId> Shown);
}
