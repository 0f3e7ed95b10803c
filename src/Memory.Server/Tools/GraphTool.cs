using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Entities;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Storage;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>graph</c>: which named things memories mention together.</summary>
internal sealed class GraphTool(MemoryService memories) : ITool
{
    private const int MaxStatement = 200;

    public Scopes Scope => Scopes.Read;

    public Tool Definition { get; } = new()
    {
        Name = "graph",
        Title = "Graph of named things",
        Description = "See what is connected with a person, project, file, identifier or tag: the named things that active memories mention together with it, and those memories. "
            + "Use it when a recall finds the thing and you need what surrounds it. Without 'entity' it lists the most connected ones.",
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "entity": { "type": "string", "maxLength": 200, "description": "Its name; letter case does not matter. May be empty." },
                "depth": { "type": "integer", "minimum": 1, "maximum": 3, "description": "How many hops. Default 1." },
                "limit": { "type": "integer", "minimum": 1, "maximum": 50, "description": "Default 20." },
                {{Schema.Namespace}}
              }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["entities", "memories"],
              "properties": {
                "entity": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["name", "kind", "memories"],
                  "properties": {
                    "name": { "type": "string" },
                    "kind": { "type": "string" },
                    "memories": { "type": "array", "items": { "type": "string" }, "description": "The newest ids, up to 3." }
                  }
                },
                "entities": { "type": "array", "description": "Its neighbours, nearest and strongest first; without an entity the most connected ones.", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["name", "kind", "strength"],
                  "properties": {
                    "name": { "type": "string" },
                    "kind": { "type": "string" },
                    "strength": { "type": "integer", "description": "Memories that mention it and 'through'; without an entity, mentions of others beside it." },
                    "depth": { "type": "integer" },
                    "through": { "type": "string" },
                    "memories": { "type": "array", "items": { "type": "string" }, "description": "The newest ids that link them, up to 3." }
                  }
                } },
                "memories": { "type": "array", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id", "content"],
                  "properties": { "id": { "type": "string" }, "content": { "type": "string", "description": "Cut to 200 characters." } }
                } },
                "omitted": { "type": "integer", "description": "Neighbours beyond limit." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var request = new GraphRequest
        {
            Entity = arguments.Text("entity") ?? string.Empty,
            Depth = arguments.Integer("depth") ?? 1,
            Limit = arguments.Integer("limit") ?? GraphRequest.DefaultLimit,
        };
        var outcome = await memories.GraphAsync(call.Namespace, request, cancellationToken);
        return outcome.Succeeded ? Answer(outcome.Value) : outcome.Problem;
    }

    private static ToolAnswer Answer(EntityGraph graph)
    {
        var data = new GraphAnswer(
            graph.Entity is { } entity ? new EntityItem(entity.Name, EntityKindNames.Of(entity.Kind), Ids(graph.MentionedBy)) : null,
            [.. graph.Neighbours.Select(Item), .. graph.MostConnected.Select(Item)],
            [.. graph.Statements.Select(static s => new StatementItem(s.Id.Value, Cut(s.Content)))],
            graph.Omitted == 0 ? null : graph.Omitted);
        return new ToolAnswer(Text(data), JsonSerializer.SerializeToElement(data, ToolJson.Default.GraphAnswer));
    }

    private static string Text(GraphAnswer graph)
    {
        var text = new StringBuilder(graph switch
        {
            { Entity: null, Entities.Count: 0 } => "No memory mentions a named thing yet.",
            { Entity: null } => "The most connected:",
            { Entity: { Memories.Count: 0 } entity } => $"{Named(entity.Name, entity.Kind)}: only memories that are no longer active mention it.",
            { Entity: { } entity, Entities.Count: 0 } => $"{Named(entity.Name, entity.Kind)}: nothing else is mentioned with it.",
            { Entity: { } entity } => $"{Named(entity.Name, entity.Kind)} is mentioned with:",
        });
        foreach (var item in graph.Entities)
        {
            text.Append("\n- ").Append(Named(item.Name, item.Kind)).Append(", strength ").Append(item.Strength);
            if (item is { Depth: > 1, Through: { } through })
            {
                text.Append(", through ").Append(MemoryText.Indented(through));
            }

            text.Append(item.Memories is { } ids ? $": {string.Join(' ', ids.Select(static id => $"[{id}]"))}" : "");
        }

        if (graph.Omitted is { } omitted)
        {
            text.Append($"\n({omitted} more; raise limit to see them.)");
        }

        foreach (var memory in graph.Memories)
        {
            text.Append("\n[").Append(memory.Id).Append("] ").Append(MemoryText.Indented(memory.Content));
        }

        return text.ToString();
    }

    private static string Named(string name, string kind) => $"{MemoryText.Indented(name)} ({kind})";

    private static NeighbourItem Item(EntityNeighbour neighbour) => new(
        neighbour.Entity.Name, EntityKindNames.Of(neighbour.Entity.Kind), neighbour.Strength, neighbour.Depth, neighbour.Through.Name, Ids(neighbour.Memories));

    private static NeighbourItem Item(ConnectedEntity connected) =>
        new(connected.Entity.Name, EntityKindNames.Of(connected.Entity.Kind), connected.Links, null, null, null);

    private static string[] Ids(IEnumerable<MemoryId> ids) => [.. ids.Select(static i => i.Value)];

    // Half a surrogate pair at the end would be no text.
    private static string Cut(string content) => content.Length <= MaxStatement
        ? content
        : string.Concat(content.AsSpan(0, char.IsHighSurrogate(content[MaxStatement - 2]) ? MaxStatement - 2 : MaxStatement - 1), "…");

    internal sealed record GraphAnswer(EntityItem? Entity, IReadOnlyList<NeighbourItem> Entities, IReadOnlyList<StatementItem> Memories, int? Omitted);

    internal sealed record EntityItem(string Name, string Kind, IReadOnlyList<string> Memories);

    internal sealed record NeighbourItem(string Name, string Kind, int Strength, int? Depth, string? Through, IReadOnlyList<string>? Memories);

    internal sealed record StatementItem(string Id, string Content);
}
