using System.Text.Json;
using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Operations;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>feedback</c>: confirms or refutes a memory.</summary>
internal sealed class FeedbackTool(MemoryService memories) : ITool
{
    public Tool Definition { get; } = new()
    {
        Name = "feedback",
        Title = "Confirm or refute a memory",
        Description = "Say that a memory proved right or wrong, when the user says so or you found out. It weighs more than anything else in the memory's confidence. "
            + "To replace a wrong statement by the right one, use update.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id", "verdict"],
              "properties": {
                "id": {{Schema.Id}},
                "verdict": { "type": "string", "enum": ["confirm", "refute"] },
                "note": { "type": "string", "minLength": 1, "maxLength": 32768, "description": "Why." },
                "source": { "type": "string", "minLength": 1, "maxLength": 128, "description": "Who says so; default 'user'. The last verdict of a source counts." },
                "session": { "type": "string", "minLength": 1, "maxLength": 128 },
                {{Schema.Namespace}}
              }
            }
            """),
        OutputSchema = Schema.Parse("""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id", "confidence"],
              "properties": { "id": { "type": "string" }, "confidence": { "type": "number", "minimum": 0, "maximum": 1 } }
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

        var feedback = new Feedback(arguments.Text("verdict") == "confirm", arguments.Text("source") ?? "user", arguments.Text("session"), arguments.Text("note"));
        var outcome = await memories.FeedbackAsync(call.Namespace, id, feedback, cancellationToken);
        return outcome.Succeeded
            ? new ToolAnswer(
                FormattableString.Invariant($"{(feedback.Confirms ? "Confirmed" : "Refuted")} {id}; its confidence is now {outcome.Value.Confidence:0.00}."),
                JsonSerializer.SerializeToElement(new FeedbackAnswer(id.Value, Rounded.Of(outcome.Value.Confidence)), ToolJson.Default.FeedbackAnswer))
            : outcome.Problem;
    }

    internal sealed record FeedbackAnswer(string Id, double Confidence);
}
