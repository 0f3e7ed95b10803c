using System.Text;
using System.Text.Json;

namespace Memory.Server.Stdio;

/// <summary>The id of a message as JSON, to be sent back as it came.</summary>
internal static class JsonId
{
    /// <summary>The id of an answer to what has none that can be read.</summary>
    public const string None = "null";

    /// <summary>Whether this is an id, and its JSON.</summary>
    public static bool TryRead(JsonElement given, out string id)
    {
        var isId = given.ValueKind == JsonValueKind.String
            ? given.GetString() is not null
            : given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out _);
        id = isId ? given.GetRawText() : None;
        return isId;
    }

    /// <summary>The first id of the outermost object of a line, which may be cut anywhere.</summary>
    public static string Find(ReadOnlySpan<byte> beginning)
    {
        try
        {
            // A reader that is told that more follows does not mind that the line is cut.
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8) && reader.Read())
                {
                    var isId = reader.TokenType == JsonTokenType.String || (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _));
                    return !isId ? None
                        : reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan)
                        : $"\"{JsonEncodedText.Encode(reader.GetString()!)}\"";
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON at all: there is no id to find.
        }

        return None;
    }
}
