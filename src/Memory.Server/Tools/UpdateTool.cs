using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Operations;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>update</c>: puts a new statement in the place of an old one, or changes what surrounds it.</summary>
internal sealed class UpdateTool(MemoryService memories) : ITool
{
    public Scopes Scope => Scopes.Write;

    public Tool Definition { get; } = new()
    {
        Name = "update",
        Title = "Update a memory",
        Description = "Correct a memory or bring it up to date. New 'content' becomes a new memory with its own id; the old one is kept in lineage as superseded. "
            + "Without 'content' only kind, tags (replaced as a whole), importance or time change; source and session need content.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id"],
              "properties": { "id": {{Schema.Id}}, {{Schema.Statement}}, {{Schema.Namespace}} }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id", "confidence"],
              "properties": {
                "id": { "type": "string", "description": "The memory that holds the statement now." },
                "replaced": { "type": "string", "description": "The superseded memory, when the content is new." },
                "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                "notes": { "type": "array", "items": { "type": "string" }, "description": "What was redacted or taken out before storing." }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        if (!arguments.TryId("id", out var id, out var problem))
        {
            return problem;
        }

        var change = new MemoryChange
        {
            Content = arguments.Text("content"),
            Kind = arguments.Text("kind") is { } kind ? Names.ParseKind(kind) : null,
            Tags = arguments.Texts("tags"),
            Importance = arguments.Number("importance"),
            OccurredAt = arguments.Time("occurred_at"),
            Source = arguments.Text("source"),
            Session = arguments.Text("session"),
            Expects = call.Expects,
        };
        var outcome = await memories.UpdateAsync(call.Namespace, id, change, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        var (memory, replaced) = outcome.Value;
        var notes = outcome.Value.Notes;
        return new ToolAnswer(
            string.Join("\n  note: ", notes.Prepend(replaced is null ? $"Updated {memory.Id}." : $"Stored {memory.Id}; it supersedes {replaced.Id}, which is kept in lineage.")),
            JsonSerializer.SerializeToElement(
                new UpdateAnswer(memory.Id.Value, replaced?.Id.Value, Rounded.Of(memory.Confidence), notes.Count == 0 ? null : notes), ToolJson.Default.UpdateAnswer));
    }

    internal sealed record UpdateAnswer(string Id, string? Replaced, double Confidence, IReadOnlyList<string>? Notes);
}
