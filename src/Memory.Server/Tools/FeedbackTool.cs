using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Operations;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>feedback</c>: confirms or refutes a memory, or judges two together.</summary>
internal sealed class FeedbackTool(MemoryService memories) : ITool
{
    public Scopes Scope => Scopes.Write;

    public Tool Definition { get; } = new()
    {
        Name = "feedback",
        Title = "Confirm or refute a memory",
        Description = "Say that a memory proved right or wrong, when the user says so or you found out. It weighs more than anything else in the memory's confidence. "
            + "To replace a wrong statement by the right one, use update. With 'other', say how two memories relate; consolidation keeps to it.",
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["id", "verdict"],
              "properties": {
                "id": {{Schema.Id}},
                "verdict": { "type": "string", "enum": ["confirm", "refute", "duplicate", "not_duplicate", "not_contradiction"], "description": "The last three need 'other': both say the same; they do not; both can be true." },
                "other": {{Schema.Id}},
                "note": { "type": "string", "minLength": 1, "maxLength": 32768, "description": "Why. Like source and session: confirm and refute only." },
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
              "required": ["id"],
              "properties": { "id": { "type": "string" }, "confidence": { "type": "number", "minimum": 0, "maximum": 1 }, "other": { "type": "string" }, "verdict": { "type": "string" }, "notes": { "type": "array", "items": { "type": "string" }, "description": "What was redacted or taken out before storing." } }
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

        var verdict = arguments.Text("verdict")!;
        var isOfOne = verdict is "confirm" or "refute";
        if (isOfOne == arguments.Has("other"))
        {
            return new Problem(ProblemCode.Invalid, isOfOne
                ? $"verdict '{verdict}' is about one memory; 'other' goes with duplicate, not_duplicate and not_contradiction."
                : $"verdict '{verdict}' is about two memories; name the second as 'other'.");
        }

        if (!isOfOne && (arguments.Has("note") || arguments.Has("source") || arguments.Has("session")))
        {
            return new Problem(ProblemCode.Invalid, $"note, source and session go with confirm and refute only; of two memories nothing but the verdict '{verdict}' is kept. Leave them out.");
        }

        return isOfOne ? await OfOneAsync(call, id, verdict, cancellationToken) : await OfTwoAsync(call, id, verdict, cancellationToken);
    }

    private async Task<Outcome<ToolAnswer>> OfTwoAsync(ToolCall call, MemoryId id, string verdict, CancellationToken cancellationToken)
    {
        if (!call.Arguments.TryId("other", out var other, out var problem))
        {
            return problem;
        }

        var outcome = await memories.FeedbackOnPairAsync(call.Namespace, id, other, Names.ParsePairMark(verdict), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        var said = outcome.Value.Kind switch
        {
            PairMarkKind.Duplicate => "say the same; the next consolidation merges them",
            PairMarkKind.NotDuplicate => "do not say the same; they are never merged. If they were, undo that run",
            _ => "can both be true; they are never set against each other",
        };
        return new ToolAnswer(
            $"Noted: {id} and {other} {said}.",
            JsonSerializer.SerializeToElement(new FeedbackAnswer(id.Value, null, other.Value, verdict, null), ToolJson.Default.FeedbackAnswer));
    }

    private async Task<Outcome<ToolAnswer>> OfOneAsync(ToolCall call, MemoryId id, string verdict, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var notes = new List<string>();
        var source = memories.Screen.Name("source", arguments.Text("source") ?? "user", notes);
        var session = arguments.Text("session") is { } named ? memories.Screen.Name("session", named, notes) : default;
        var reason = arguments.Text("note") is { } given ? memories.Screen.Text("note", given, notes) : default;
        if ((source.Problem ?? session.Problem ?? reason.Problem) is { } problem)
        {
            return problem;
        }

        var feedback = new Feedback(verdict == "confirm", source.Value!, session.Value, reason.Value);
        var outcome = await memories.FeedbackAsync(call.Namespace, id, feedback, cancellationToken);
        return outcome.Succeeded
            ? new ToolAnswer(
                string.Join("\n  note: ", notes.Prepend(FormattableString.Invariant($"{(feedback.Confirms ? "Confirmed" : "Refuted")} {id}; its confidence is now {outcome.Value.Confidence:0.00}."))),
                JsonSerializer.SerializeToElement(new FeedbackAnswer(id.Value, Rounded.Of(outcome.Value.Confidence), null, null, notes.Count == 0 ? null : notes), ToolJson.Default.FeedbackAnswer))
            : outcome.Problem;
    }

    internal sealed record FeedbackAnswer(string Id, double? Confidence, string? Other, string? Verdict, IReadOnlyList<string>? Notes);
}
