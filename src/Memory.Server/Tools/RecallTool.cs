using System.Text.Json;
using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Confidence;
using Memory.Core.Memories;
using Memory.Core.Recall;
using Memory.Core.Storage;
using Memory.Server.Watching;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tools;

/// <summary><c>recall</c>: finds what was stored.</summary>
internal sealed class RecallTool(MemoryService memories) : ITool
{
    // Each costs tokens; the resource of the memory names all.
    private const int MaxContestedNamed = 3;

    public Scopes Scope => Scopes.Read;

    public Tool Definition { get; } = new()
    {
        Name = "recall",
        Title = "Recall memories",
        Description = "Find what is remembered about a question, before you answer or act on assumptions. "
            + "Put the question or its telling words into 'query': names, things, topics, times such as 'last week'; words in double quotes must match as they stand. "
            + "An empty query gives what is most in use. Answers the best first, each with its id, confidence and lineage.",
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
        InputSchema = Schema.Parse($$"""
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "query": { "type": "string", "maxLength": 32768, "description": "A question or words. May be empty." },
                "limit": { "type": "integer", "minimum": 1, "maximum": 50, "description": "Default 8." },
                "kinds": { "type": "array", "maxItems": 6, "items": { "type": "string", "enum": {{Schema.Kinds}} } },
                "tags": { "type": "array", "maxItems": 32, "items": { "type": "string", "minLength": 1, "maxLength": 64 }, "description": "Only memories with these tags." },
                "tag_match": { "type": "string", "enum": ["any", "all"], "description": "any (default): one of the tags is enough." },
                "since": { "type": "string", "format": "date-time", "description": "Only what happened or was stored since then. ISO 8601." },
                "until": { "type": "string", "format": "date-time", "description": "Only what happened or was stored by then; a date means its end." },
                "min_confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                "states": { "type": "array", "maxItems": 4, "items": { "type": "string", "enum": ["active", "merged", "superseded", "archived"] }, "description": "Default active." },
                "max_tokens": { "type": "integer", "minimum": 1, "maximum": 1000000, "description": "The results take at most this many tokens (o200k_base), ids and descriptions included; what did not fit is named." },
                "as_of": { "type": "string", "format": "date-time", "description": "Recall as of then; a date means its end." },
                "why_not": { "type": "string", "minLength": 12, "maxLength": 12, "description": "Id: also tell what score it got and what kept it out." },
                "explain": { "type": "boolean", "description": "Also give the parts of each score and the evidence of each confidence." },
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
                  "required": ["id", "content", "score", "confidence", "kind", "tags", "when", "source", "state"],
                  "properties": {
                    "id": { "type": "string" },
                    "content": { "type": "string" },
                    "excerpt": { "type": "boolean", "description": "True when content is only its first sentences: the whole exceeds max_tokens." },
                    "score": { "type": "number", "minimum": 0, "maximum": 1 },
                    "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                    "kind": { "type": "string" },
                    "tags": { "type": "array", "items": { "type": "string" } },
                    "when": { "type": "string" },
                    "source": { "type": "string" },
                    "session": { "type": "string" },
                    "state": { "type": "string" },
                    "valid_until": { "type": "string" },
                    "importance": { "type": "number" },
                    "lineage": { "type": "array", "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": ["relation", "id", "at"],
                      "properties": {
                        "relation": { "type": "string", "enum": ["merged_into", "merged_from", "superseded_by", "supersedes"] },
                        "id": { "type": "string" },
                        "at": { "type": "string" }
                      }
                    } },
                    "contested_with": { "type": "array", "description": "Memories that contradict it, neither clearly better.", "items": {
                      "type": "object", "additionalProperties": false, "required": ["id", "content", "confidence"],
                      "properties": { "id": { "type": "string" }, "content": { "type": "string" }, "confidence": { "type": "number" } }
                    } },
                    "alike": { "type": "array", "items": { "type": "string" }, "description": "Memories that say the same word for word." },
                    "explain": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": ["words", "meaning", "word_meaning", "sentence", "neighbours", "entities", "time", "activation", "confidence", "importance", "prior", "log_odds", "evidence"],
                      "properties": {
                        "words": { "type": "number" }, "meaning": { "type": "number" }, "word_meaning": { "type": "number" }, "sentence": { "type": "number" }, "neighbours": { "type": "number" }, "entities": { "type": "number" }, "time": { "type": "number" },
                        "activation": { "type": "number" }, "confidence": { "type": "number" }, "importance": { "type": "number" },
                        "prior": { "type": "number" },
                        "log_odds": { "type": "number", "description": "prior + the contributions; confidence = 1 / (1 + exp(-log_odds))" },
                        "evidence": { "type": "array", "items": {
                          "type": "object",
                          "additionalProperties": false,
                          "required": ["kind", "source", "at", "weight", "freshness", "contribution"],
                          "properties": {
                            "kind": { "type": "string" }, "source": { "type": "string" }, "session": { "type": "string" }, "at": { "type": "string" },
                            "note": { "type": "string" }, "statement": { "type": "string" }, "hedged": { "type": "boolean" },
                            "weight": { "type": "number" }, "freshness": { "type": "number" }, "contribution": { "type": "number" }
                          }
                        } }
                      }
                    }
                  }
                } },
                "omitted": { "type": "integer", "description": "How many results did not fit into max_tokens." },
                "left_out": { "type": "array", "items": { "type": "string" }, "description": "The ids of those, best first." },
                "note": { "type": "string" },
                "why_not": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id", "reason", "score"],
                  "properties": {
                    "id": { "type": "string" }, "reason": { "type": "string" }, "rank": { "type": "integer", "description": "Its place among all that were ranked." },
                    "score": { "type": "number" },
                    "parts": { "type": "object", "properties": {}, "description": "As in explain." }
                  }
                }
              }
            }
            """),
    };

    public async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        MemoryId? whyNot = null;
        if (arguments.Text("why_not") is { } asked)
        {
            if (!MemoryId.TryParse(asked, out var id))
            {
                return new Problem(ProblemCode.Invalid, $"why_not is '{asked}'; the id of a memory is allowed: {MemoryId.Length} letters and digits, as recall and store give it.");
            }

            whyNot = id;
        }

        var request = new RecallRequest
        {
            WhyNot = whyNot,
            AsOf = arguments.Time("as_of", endOfDay: true),
            Query = arguments.Text("query") ?? string.Empty,
            Limit = arguments.Integer("limit") ?? RecallRequest.DefaultLimit,
            MaxTokens = arguments.Integer("max_tokens"),
            Render = Rendered,
            Explain = arguments.Flag("explain"),
            Filter = new MemoryFilter
            {
                Kinds = [.. (arguments.Texts("kinds") ?? []).Select(Names.ParseKind)],
                States = arguments.Texts("states") is { Count: > 0 } states ? [.. states.Select(Names.ParseState)] : [MemoryState.Active],
                Tags = arguments.Texts("tags") ?? [],
                AllTags = arguments.Text("tag_match") == "all",
                Since = arguments.Time("since"),
                Until = arguments.Time("until", endOfDay: true),
                MinConfidence = arguments.Number("min_confidence") ?? 0,
            },
        };
        var outcome = await memories.RecallAsync(call.Namespace, request, cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem;
        }

        Instruments.Recalled(outcome.Value.Memories.Count);
        return Answer(outcome.Value);
    }

    /// <summary>What a client receives of a result, as far as it counts against its budget: the line with its break, and the explanation, which only the data holds.</summary>
    internal static string Rendered(RecalledMemory recalled)
    {
        var item = Item(recalled);
        return MemoryText.Line(item, recalled.IsBrief) + "\n" + (item.Explain is null ? string.Empty : JsonSerializer.Serialize(item.Explain, ToolJson.Default.ExplanationItem));
    }

    private static ToolAnswer Answer(RecallResult result)
    {
        var omitted = result.LeftOut.Count;
        var data = new RecallAnswer(
            [.. result.Memories.Select(Item)], omitted == 0 ? null : omitted, omitted == 0 ? null : [.. result.LeftOut.Select(static id => id.Value)], result.Note,
            result.WhyNot is { } whyNot
                ? new WhyNotItem(whyNot.Id.Value, whyNot.Reason, whyNot.Rank, Rounded.Of(whyNot.Score), whyNot.Parts is { } parts ? Parts(parts) : null)
                : null);
        var lines = data.Memories.Zip(result.Memories, static (item, recalled) => MemoryText.Line(item, recalled.IsBrief)).ToList();
        if (omitted > 0)
        {
            lines.Add(MemoryText.LeftOut(data.LeftOut!, anyShown: lines.Count > 0));
        }
        else if (lines.Count == 0)
        {
            lines.Add("Nothing is remembered that fits.");
        }

        if (result.Note is not null)
        {
            lines.Add($"({result.Note})");
        }

        if (data.WhyNot is { } asked)
        {
            lines.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({asked.Id}: score {asked.Score:0.00}; what kept it out: {asked.Reason}.)"));
        }

        return new ToolAnswer(string.Join('\n', lines), JsonSerializer.SerializeToElement(data, ToolJson.Default.RecallAnswer));
    }

    internal static RecalledItem Item(RecalledMemory recalled)
    {
        var memory = recalled.Memory;
        return new RecalledItem(
            memory.Id.Value, recalled.Text, recalled.Excerpt is null ? null : true, Rounded.Of(recalled.Score), Rounded.Of(memory.Confidence), Names.Of(memory.Kind), memory.Tags,
            IsoTime.Format(memory.When), memory.Source, memory.Session, Names.Of(memory.State),
            memory.ValidUntil is { } until ? IsoTime.Format(until) : null,
            memory.Importance,
            recalled.ContestedWith.Count == 0 ? null
                : [.. recalled.ContestedWith.Take(MaxContestedNamed).Select(static m => new ContestedItem(m.Id.Value, MemoryText.Excerpt(m.Content), Rounded.Of(m.Confidence)))],
            recalled.Alike.Count == 0 ? null : [.. recalled.Alike.Select(static a => a.Value)],
            recalled.Lineage.Count == 0 ? null : [.. recalled.Lineage.Select(l => Lineage(memory.Id, l))],
            recalled is { Parts: { } parts, Confidence: { } confidence } ? Explanation(parts, confidence) : null);
    }

    private static LineageItem Lineage(MemoryId id, Link link) => (link.Kind, link.From == id) switch
    {
        (LinkKind.MergedInto, true) => new("merged_into", link.To.Value, IsoTime.Format(link.At)),
        (LinkKind.MergedInto, false) => new("merged_from", link.From.Value, IsoTime.Format(link.At)),
        (_, true) => new("superseded_by", link.To.Value, IsoTime.Format(link.At)),
        _ => new("supersedes", link.From.Value, IsoTime.Format(link.At)),
    };

    private static ExplanationItem Explanation(ScoreParts parts, ConfidenceCalculation confidence) => new(
        Rounded.Of(parts.Words), Rounded.Of(parts.Meaning), Rounded.Of(parts.WordMeaning), Rounded.Of(parts.Sentence), Rounded.Of(parts.Neighbours), Rounded.Of(parts.Entities), Rounded.Of(parts.Time),
        Rounded.Of(parts.Activation), Rounded.Of(parts.Confidence), Rounded.Of(parts.Importance), Rounded.Of(confidence.Prior), Rounded.Of(confidence.LogOdds),
        [.. confidence.Terms.Select(static t => new EvidenceItem(
            Names.Of(t.Evidence.Kind), t.Evidence.Source, t.Evidence.Session, IsoTime.Format(t.Evidence.At), t.Evidence.Reason, t.Evidence.Statement, t.Evidence.IsHedged ? true : null,
            Rounded.Of(t.Weight), Rounded.Of(t.Freshness), Rounded.Of(t.Contribution)))]);

    private static PartsItem Parts(ScoreParts parts) => new(
        Rounded.Of(parts.Words), Rounded.Of(parts.Meaning), Rounded.Of(parts.WordMeaning), Rounded.Of(parts.Sentence), Rounded.Of(parts.Neighbours), Rounded.Of(parts.Entities), Rounded.Of(parts.Time),
        Rounded.Of(parts.Activation), Rounded.Of(parts.Confidence), Rounded.Of(parts.Importance));

    internal sealed record RecallAnswer(IReadOnlyList<RecalledItem> Memories, int? Omitted, IReadOnlyList<string>? LeftOut, string? Note, WhyNotItem? WhyNot);

    internal sealed record WhyNotItem(string Id, string Reason, int? Rank, double Score, PartsItem? Parts);

    internal sealed record PartsItem(
        double Words, double Meaning, double WordMeaning, double Sentence, double Neighbours, double Entities, double Time, double Activation, double Confidence, double Importance);

    internal sealed record RecalledItem(
        string Id, string Content, bool? Excerpt, double Score, double Confidence, string Kind, IReadOnlyList<string> Tags, string When, string Source,
        string? Session, string State, string? ValidUntil, double Importance, IReadOnlyList<ContestedItem>? ContestedWith, IReadOnlyList<string>? Alike, IReadOnlyList<LineageItem>? Lineage,
        ExplanationItem? Explain);

    internal sealed record ContestedItem(string Id, string Content, double Confidence);

    internal sealed record LineageItem(string Relation, string Id, string At);

    internal sealed record ExplanationItem(
        double Words, double Meaning, double WordMeaning, double Sentence, double Neighbours, double Entities, double Time, double Activation, double Confidence, double Importance,
        double Prior, double LogOdds, IReadOnlyList<EvidenceItem> Evidence);

    internal sealed record EvidenceItem(
        string Kind, string Source, string? Session, string At, string? Note, string? Statement, bool? Hedged, double Weight, double Freshness, double Contribution);
}
