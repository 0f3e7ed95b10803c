using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Memory.Core.Access;
using Memory.Server.Tools;

namespace Memory.Server.Commands;

/// <summary>Keys as they are printed, for people and for programs.</summary>
internal static partial class KeyTable
{
    public static string Text(IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            return "There are no keys. Make one with 'memory-server keys create'.\n";
        }

        string[][] rows =
        [
            ["ID", "NAME", "NAMESPACES", "SCOPES", "CREATED", "EXPIRES", "STATE"],
            .. keys.Select(k => new[]
            {
                k.Id, k.Name, k.Namespaces.ToString(), ScopeNames.Of(k.Scopes), IsoTime.Format(k.CreatedAt), k.ExpiresAt is { } end ? IsoTime.Format(end) : "never",
                k.RevokedAt is { } at ? $"revoked {IsoTime.Format(at)}" : k.IsInForce(now) ? "in force" : "expired",
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<ApiKey> keys) =>
        JsonSerializer.Serialize([.. keys.Select(static k => Item(k, null))], Context.Default.IReadOnlyListKey) + "\n";

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
