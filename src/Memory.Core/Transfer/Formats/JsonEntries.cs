using System.Text.Json;
using Memory.Core.Memories;

namespace Memory.Core.Transfer.Formats;

/// <summary>The JSON documents of mcp-memory-service and mem0: a list of entries, each with a text, tags and times.</summary>
internal static class JsonEntries
{
    public const string ServiceSource = "import:mcp-memory-service";
    public const string Mem0Source = "import:mem0";

    // The names under which mem0's programming interfaces and exports hold the list.
    private static readonly string[] Mem0Lists = ["results", "memories", "records"];

    /// <summary>The entries of mcp-memory-service's export, or <see langword="null"/> when the document is none.</summary>
    public static IReadOnlyList<JsonElement>? ServiceEntries(JsonElement root) =>
        root.Member("memories").ValueKind == JsonValueKind.Array && (root.Member("export_metadata").ValueKind == JsonValueKind.Object || root.Items("memories").Any(static m => m.Text("content_hash") is not null))
            ? [.. root.Items("memories")]
            : null;

    /// <summary>The entries of a mem0 export, or <see langword="null"/> when the document is none.</summary>
    public static IReadOnlyList<JsonElement>? Mem0Entries(JsonElement root)
    {
        var entries = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()]
            : Mem0Lists.Select(name => root.Items(name).ToArray()).FirstOrDefault(static l => l.Length > 0)
            ?? (root.Member("data").ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Mem0Entries(root.Member("data")) : null);
        return entries?.Any(static e => e.Text("memory") is not null || e.Text("content") is not null) == true ? entries : null;
    }

    /// <summary>Whether a field of an entry of mcp-memory-service is taken, or says nothing that the others do not.</summary>
    public static bool IsOfService(JsonElement entry, string name, JsonElement value) =>
        name is "content" or "content_hash" or "id" or "tags" or "created_at" or "created_at_iso"
        || (name is "memory_type" && value.ValueKind == JsonValueKind.String)
        || (name is "updated_at" or "updated_at_iso" && IsCreation(entry, value, "created_at_iso", "created_at"));

    /// <summary>Whether a field of an entry of mem0 is taken, or says nothing that the others do not.</summary>
    public static bool IsOfMem0(JsonElement entry, string name, JsonElement value) =>
        name is "id" or "hash" or "score" or "memory" or "categories" or "created_at" or "metadata.tags"
        || (name is "content" && entry.Text("memory") is null)
        || (name is "user_id" or "agent_id" or "memory_type" && value.ValueKind == JsonValueKind.String)
        || (name is "metadata.type" && value.ValueKind == JsonValueKind.String && entry.Text("memory_type") is null)
        || (name is "updated_at" && IsCreation(entry, value, "created_at"));

    // What was never changed since it was made.
    private static bool IsCreation(JsonElement entry, JsonElement value, params ReadOnlySpan<string> names) =>
        ForeignWords.Time(value) is { } time && ForeignWords.Time(entry, names) is { Succeeded: true, Value: { } created } && Math.Abs((time - created).TotalSeconds) < 1;

    /// <summary>One entry of mcp-memory-service: <c>content, tags, memory_type, created_at</c>.</summary>
    public static Outcome<NewMemory> Service(JsonElement entry)
    {
        if (entry.Text("content") is not { } content)
        {
            return Problem.Invalid("The entry has no content, or it is no text.");
        }

        var when = ForeignWords.Time(entry, "created_at_iso", "created_at");
        if (!when.Succeeded)
        {
            return when.Problem;
        }

        var type = entry.Text("memory_type");
        var kind = ForeignWords.Kind(type);
        return new NewMemory
        {
            Content = content, Kind = kind, Source = ServiceSource,
            Tags = ForeignWords.Tags(entry.Texts("tags").Append(kind == MemoryKind.Fact && type is not "fact" ? type : null)),
            OccurredAt = when.Value,
        };
    }

    /// <summary>One entry of mem0: <c>memory, categories, user_id, agent_id, created_at</c>.</summary>
    public static Outcome<NewMemory> Mem0(JsonElement entry)
    {
        if ((entry.Text("memory") ?? entry.Text("content")) is not { } content)
        {
            return Problem.Invalid("The entry has no memory or content, or it is no text.");
        }

        var when = ForeignWords.Time(entry, "created_at");
        if (!when.Succeeded)
        {
            return when.Problem;
        }

        var type = entry.Text("memory_type") ?? entry.Member("metadata").Text("type");
        return new NewMemory
        {
            Content = content, Kind = ForeignWords.Kind(type), Source = Mem0Source,
            Tags = ForeignWords.Tags(
                entry.Texts("categories").Concat(entry.Member("metadata").Texts("tags"))
                    .Append(entry.Text("user_id") is { } user ? $"user:{user}" : null).Append(entry.Text("agent_id") is { } agent ? $"agent:{agent}" : null)),
            OccurredAt = when.Value,
        };
    }
}
