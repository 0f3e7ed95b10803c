using System.Text.Json;

namespace Memory.Core.Transfer.Formats;

/// <summary>Reads members of JSON that others wrote, where anything may be missing or of another type.</summary>
internal static class JsonShape
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The texts of an array, or of a list with commas.</summary>
    public static IEnumerable<string?> Texts(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Where(static t => t.ValueKind == JsonValueKind.String).Select(static t => t.GetString()),
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Split(','),
        _ => [],
    };

    /// <summary>What a value is, in words.</summary>
    public static string Kind(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
