using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Access;
using Memory.Server.Tools;

namespace Memory.Server.Commands;

/// <summary>Keys as they are printed for programs.</summary>
internal static partial class KeyJson
{
    public static string Json(IReadOnlyList<ApiKey> keys) =>
        JsonSerializer.Serialize([.. keys.Select(static k => Item(k, null))], Context.Default.IReadOnlyListKey);

    public static string Json(IssuedKey issued) => JsonSerializer.Serialize(Item(issued.Key, issued.Text), Context.Default.Key);

    public static string Json(ApiKey key) => JsonSerializer.Serialize(Item(key, null), Context.Default.Key);

    private static Key Item(ApiKey key, string? text) => new(
        key.Id, key.Name, text, key.Namespaces.ToString(), ScopeNames.Of(key.Scopes), IsoTime.Format(key.CreatedAt),
        key.ExpiresAt is { } end ? IsoTime.Format(end) : null, key.RevokedAt is { } at ? IsoTime.Format(at) : null);

    internal sealed record Key(
        string Id, string Name, [property: JsonPropertyName("key")] string? Text, string Namespaces, string Scopes, string CreatedAt, string? ExpiresAt, string? RevokedAt);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Key))]
    [JsonSerializable(typeof(IReadOnlyList<Key>))]
    private sealed partial class Context : JsonSerializerContext;
}
