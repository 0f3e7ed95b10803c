using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>forget</c>: erases memories for good; by query only what a preview has shown.</summary>
internal sealed class ForgetTool(MemoryService memories, ForgetPreviews previews) : ITool
{
    public Scopes Scope => Scopes.Write;

    public Tool Definition { get; } = new()
    {
        Name = "forget",
        Title = "Forget memories",
        Description = "Erase memories for good, with earlier versions and what was merged into them, when the user asks for it. Cannot be undone. "
            + "What they superseded in a consolidation is active again. "
            + "By 'id' at once. By 'query' in two steps: the first call shows what would go, the same call with confirm: true erases exactly that. "
            + "For what is merely outdated use update.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = true, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "id": {{Schema.Id}},
                "query": { "type": "string", "minLength": 1, "maxLength": 32768, "description": "Words that the memories to forget all contain." },
                "confirm": { "type": "boolean", "description": "true: erase what was shown." },
                {{Schema.Namespace}}
              }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["forgotten"],
              "properties": {
                "forgotten": { "type": "array", "items": { "type": "string" }, "description": "All ids erased." },
                "reinstated": { "type": "array", "items": { "type": "string" }, "description": "Not superseded any more." },
                "preview": { "type": "array", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id", "content"],
                  "properties": { "id": { "type": "string" }, "content": { "type": "string" } }
                } },
                "traces_remain": { "type": "string", "description": "Why bytes may remain in the files for now." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        if (arguments.Has("id") == arguments.Has("query"))
        {
            return new Problem(ProblemCode.Invalid, "Give either 'id', or 'query' and after its preview 'query' with confirm: true.");
        }

        if (arguments.Has("id"))
        {
            return arguments.TryId("id", out var id, out var problem) ? await ForgetAsync(call, [id], null, cancellationToken) : problem;
        }

        var query = arguments.Text("query")!;
        if (!arguments.Flag("confirm"))
        {
            return await PreviewAsync(call.Namespace, query, cancellationToken);
        }

        return previews.Take(call.Namespace, query) is { } shown
            ? await ForgetAsync(call, shown.Matches, shown.All, cancellationToken)
            : new Problem(ProblemCode.Conflict, "There is no fresh preview of this query. Call forget with the query and without confirm first, and show the user what it would erase.");
    }

    private async Task<Outcome<ToolAnswer>> PreviewAsync(Namespace ns, string query, CancellationToken cancellationToken)
    {
        var outcome = await memories.ForgetPreviewAsync(ns, query, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        var (matches, earlier, hasMore) = outcome.Value;
        var text = new StringBuilder();
        if (matches.Count == 0)
        {
            text.Append("No memory holds all of these words; nothing would be forgotten.");
        }
        else
        {
            previews.Remember(ns, query, new ShownMemories([.. matches.Select(static m => m.Id)], matches.Concat(earlier).Select(static m => m.Id).ToHashSet()));
            text.Append($"These {matches.Count} would be erased for good. Nothing was erased yet; repeat with confirm: true to do it.");
            Append(text, matches);
            if (earlier.Count > 0)
            {
                text.Append($"\nWith them their {earlier.Count} earlier versions and merged memories:");
                Append(text, earlier);
            }

            if (hasMore)
            {
                text.Append("\nMore memories hold these words; afterwards ask again.");
            }
        }

        return Answer(text.ToString(), new ForgetAnswer([], null, [.. matches.Concat(earlier).Select(static m => new PreviewItem(m.Id.Value, m.Content))], null));
    }

    private async Task<Outcome<ToolAnswer>> ForgetAsync(ToolCall call, IReadOnlyCollection<MemoryId> ids, IReadOnlySet<MemoryId>? shown, CancellationToken cancellationToken)
    {
        var outcome = await memories.ForgetAsync(call.Namespace, ids, call.Expects, shown, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        var (erased, reinstated, remain) = outcome.Value;
        var text = $"Forgotten: {string.Join(", ", erased)}.{Reinstated(reinstated)}";
        return Answer(
            remain is null ? text : $"{text} Traces may remain in the files on disk for now ({remain}); they are removed at the next start or night, or when you forget the same id again.",
            new ForgetAnswer([.. erased.Select(static i => i.Value)], reinstated.Count == 0 ? null : [.. reinstated.Select(static i => i.Value)], null, remain));
    }

    /// <summary>What was superseded by what is forgotten and is not any more, in words; nothing when there is nothing.</summary>
    public static string Reinstated(IReadOnlyList<MemoryId> ids) => ids.Count == 0 ? "" : $" Not superseded any more: {string.Join(", ", ids)}.";

    private static void Append(StringBuilder text, IEnumerable<MemoryRecord> memories)
    {
        foreach (var memory in memories)
        {
            text.Append("\n[").Append(memory.Id).Append("] ").Append(MemoryText.Indented(memory.Content));
        }
    }

    private static ToolAnswer Answer(string text, ForgetAnswer data) =>
        new(text, JsonSerializer.SerializeToElement(data, ToolJson.Default.ForgetAnswer));

    internal sealed record ForgetAnswer(IReadOnlyList<string> Forgotten, IReadOnlyList<string>? Reinstated, IReadOnlyList<PreviewItem>? Preview, string? TracesRemain);

    internal sealed record PreviewItem(string Id, string Content);
}
