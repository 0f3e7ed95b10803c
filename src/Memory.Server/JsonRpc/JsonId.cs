using System.Text;
using System.Text.Json;

namespace Memory.Server.JsonRpc;

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
                    return Of(ref reader);
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON at all: there is no id to find.
        }

        return None;
    }

    /// <summary>The id of a request that is JSON and cannot be read all the same: for bytes that are no UTF-8, or for its depth.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isJson">Whether it is JSON but for such bytes.</param>
    /// <returns>The id as JSON; <see cref="None"/> when it is no request, or its id cannot be read.</returns>
    public static string FindInRequest(ReadOnlySpan<byte> line, out bool isJson)
    {
        var (id, isRequest) = (None, false);
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                {
                    isRequest |= reader.ValueTextEquals("method"u8);
                    id = reader.ValueTextEquals("id"u8) && reader.Read() ? Of(ref reader) : id;
                }
            }

            isJson = true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the bytes stand in the id.
            isJson = false;
            return None;
        }

        return isRequest ? id : None;
    }

    private static string Of(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => $"\"{JsonEncodedText.Encode(reader.GetString()!)}\"",
        JsonTokenType.Number when reader.TryGetInt64(out _) => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => None,
    };
}
