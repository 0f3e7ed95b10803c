using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Operations;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>store</c>: remembers one statement or a batch.</summary>
internal sealed class StoreTool(MemoryService memories) : ITool
{
    public Scopes Scope => Scopes.Write;

    public Tool Definition { get; } = new()
    {
        Name = "store",
        Title = "Store memories",
        Description = "Remember what will matter in a later conversation: facts, preferences, decisions, procedures, events. "
            + "Give one statement as 'content', or up to 100 as 'memories' (all or none are stored, 4 MB in all). "
            + "Saying again what is known adds evidence, not a copy; an event at another time, or what was replaced since, is a memory of its own. The answer names memories that closely resemble yours: when one of them is outdated by yours, update it instead.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                {{Schema.Statement}},
                "memories": {
                  "type": "array", "minItems": 1, "maxItems": 100,
                  "description": "A batch in place of 'content'; kind, tags, importance, source, session, occurred_at beside it are defaults for each.",
                  "items": { "type": "object", "additionalProperties": false, "required": ["content"], "properties": { {{Schema.Statement}} } }
                },
                {{Schema.Namespace}}
              }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["memories"],
              "properties": {
                "memories": { "type": "array", "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id", "status", "confidence"],
                  "properties": {
                    "id": { "type": "string" },
                    "status": { "type": "string", "enum": ["new", "corroborated"] },
                    "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                    "notes": { "type": "array", "items": { "type": "string" }, "description": "What was redacted, taken out or left out." },
                    "resembles": { "type": "array", "maxItems": 3, "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": ["id", "content", "similarity"],
                      "properties": { "id": { "type": "string" }, "content": { "type": "string" }, "similarity": { "type": "number", "minimum": 0, "maximum": 1 } }
                    } }
                  }
                } }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        if (arguments.Has("content") == arguments.Has("memories"))
        {
            return new Problem(ProblemCode.Invalid, arguments.Has("content")
                ? "Both 'content' and 'memories' were given; exactly one of them is allowed."
                : "'content' is missing; give one statement as 'content' (1 to 32,768 characters) or up to 100 as 'memories'.");
        }

        var statements = arguments.Has("content")
            ? [Statement(arguments, arguments)]
            : arguments.Items("memories").Select(item => Statement(item, arguments)).ToArray();
        var outcome = await memories.StoreAsync(call.Namespace, statements, cancellationToken);
        return outcome.Succeeded ? Answer(outcome.Value) : outcome.Problem;
    }

    private static NewMemory Statement(ToolArguments item, ToolArguments defaults)
    {
        var (kind, source) = (item.Text("kind") ?? defaults.Text("kind"), item.Text("source") ?? defaults.Text("source"));
        var statement = new NewMemory
        {
            Content = item.Text("content")!,
            Tags = item.Texts("tags") ?? defaults.Texts("tags") ?? [],
            Importance = item.Number("importance") ?? defaults.Number("importance"),
            Session = item.Text("session") ?? defaults.Text("session"),
            OccurredAt = item.Time("occurred_at") ?? defaults.Time("occurred_at"),
        };
        statement = kind is null ? statement : statement with { Kind = Names.ParseKind(kind) };
        return source is null ? statement : statement with { Source = source };
    }

    private static ToolAnswer Answer(IReadOnlyList<StoredMemory> stored)
    {
        var text = new StringBuilder();
        foreach (var one in stored)
        {
            var (memory, isNew, resembling) = one;
            text.Append(isNew ? "Stored " : "Corroborated ").Append(memory.Id)
                .Append(isNew ? "" : $", there as {Names.Of(memory.Kind)}").Append(FormattableString.Invariant($" (confidence {memory.Confidence:0.00})."));
            foreach (var note in one.Notes)
            {
                text.Append("\n  note: ").Append(note);
            }

            foreach (var alike in resembling)
            {
                text.Append(FormattableString.Invariant($"\n  resembles {alike.Id} ({alike.Similarity:0.00}): {MemoryText.Indented(alike.Content)}"));
            }

            text.Append('\n');
        }

        var data = new StoreAnswer([.. stored.Select(static s => new StoredItem(
            s.Memory.Id.Value,
            s.IsNew ? "new" : "corroborated",
            Rounded.Of(s.Memory.Confidence),
            s.Notes.Count == 0 ? null : s.Notes,
            s.Resembling.Count == 0 ? null : [.. s.Resembling.Select(static r => new ResemblingItem(r.Id.Value, r.Content, Rounded.Of(r.Similarity)))]))]);
        return new ToolAnswer(text.ToString().TrimEnd(), JsonSerializer.SerializeToElement(data, ToolJson.Default.StoreAnswer));
    }

    internal sealed record StoreAnswer(IReadOnlyList<StoredItem> Memories);

    internal sealed record StoredItem(string Id, string Status, double Confidence, IReadOnlyList<string>? Notes, IReadOnlyList<ResemblingItem>? Resembles);

    internal sealed record ResemblingItem(string Id, string Content, double Similarity);
}
