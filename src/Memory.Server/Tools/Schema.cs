using System.Text.Json;

namespace Memory.Server.Tools;

/// <summary>Pieces that several schemas share, and the parsing of schemas.</summary>
internal static class Schema
{
    public const string Namespace = """
        "namespace": { "type": "string", "minLength": 1, "maxLength": 64, "description": "Project or tenant whose memories are meant: lower-case letters, digits, '.', '_', '-'. Leave out for the configured one." }
        """;

    public const string Kinds = """["fact", "preference", "decision", "procedure", "event", "note"]""";

    public const string Id = """{ "type": "string", "minLength": 12, "maxLength": 12, "description": "Memory id, as store or recall returned it." }""";

    /// <summary>The properties of a statement that is stored.</summary>
    public const string Statement = $$"""
        "content": { "type": "string", "minLength": 1, "maxLength": 32768, "description": "One self-contained statement: name who and what, resolve 'he', 'it', 'yesterday'. Control characters but NUL, which is refused, are taken out, and the answer says so; in tags, source and session all are refused. Length counts UTF-16 units: an emoji is two." },
        "kind": { "type": "string", "enum": {{Kinds}}, "description": "fact (default): is so; preference: somebody likes; decision: was decided and why; procedure: how to; event: happened at a time; note: of the moment." },
        "tags": { "type": "array", "maxItems": 32, "items": { "type": "string", "minLength": 1, "maxLength": 64 } },
        "importance": { "type": "number", "minimum": 0, "maximum": 1, "description": "0 trivia to 1 vital; default 0.5." },
        "source": { "type": "string", "minLength": 1, "maxLength": 128, "description": "Who said it: 'user', your agent name, 'document:<name>'. Independent sources raise confidence." },
        "session": { "type": "string", "minLength": 1, "maxLength": 128, "description": "Conversation id. Repeats within one session do not raise confidence." },
        "occurred_at": { "type": "string", "format": "date-time", "description": "When it happened or was said, if not now. ISO 8601." }
        """;

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
