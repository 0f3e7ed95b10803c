using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>
/// What a line of input turned out to be: a message, or the reason why it is none, with the id of the request if one can be read.
/// See <see href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</see>; batches are not part of MCP since 2025-06-18.
/// </summary>
/// <param name="Message">The message.</param>
/// <param name="Code">The JSON-RPC error code when it is none.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
/// <param name="Id">The id as it stood in the line, as JSON; <c>null</c> when none can be read.</param>
internal readonly record struct LineMessage(JsonRpcMessage? Message, int Code, string? Reason, string Id)
{
    private const string NoId = "null";

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads a line; <see langword="null"/> for one with nothing on it.</summary>
    public static LineMessage? Parse(ReadOnlyMemory<byte> line)
    {
        line = WithoutByteOrderMark(line);
        if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return null;
        }

        if (!Utf8.IsValid(line.Span))
        {
            return Refuse(McpErrorCode.ParseError, "The line is not valid UTF-8; one JSON-RPC 2.0 message in UTF-8 on each line is allowed.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            return Refuse(McpErrorCode.ParseError, $"The line is not valid JSON (at byte {error.BytePositionInLine}); one JSON-RPC 2.0 message on each line is allowed.");
        }

        using (document)
        {
            return Read(document.RootElement);
        }
    }

    /// <summary>The answer to a line that is longer than allowed.</summary>
    /// <param name="prefix">Its beginning.</param>
    /// <param name="maxLineBytes">What is allowed.</param>
    public static LineMessage TooLong(ReadOnlySpan<byte> prefix, int maxLineBytes) =>
        Refuse(McpErrorCode.InvalidRequest, $"The line is longer than {maxLineBytes} bytes, which is the most allowed. Send less in one message.", FindId(prefix));

    /// <summary>The answer to this line, when it is no message.</summary>
    public byte[] ToErrorLine()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WritePropertyName("id");
            json.WriteRawValue(Id);
            json.WriteStartObject("error");
            json.WriteNumber("code", Code);
            json.WriteString("message", Reason);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The same for a message that cannot be accepted now.</summary>
    public static LineMessage Refuse(McpErrorCode code, string reason, string id = NoId) => new(null, (int)code, reason, id);

    private static LineMessage Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refuse(McpErrorCode.InvalidRequest, root.ValueKind == JsonValueKind.Array
                ? "Batches are not part of MCP; send each message on a line of its own."
                : $"A {root.ValueKind} is not a message; a JSON-RPC 2.0 object is allowed.");
        }

        var id = NoId;
        try
        {
            if (root.TryGetProperty("id", out var given) && !TryReadId(given, out id))
            {
                return Refuse(McpErrorCode.InvalidRequest, $"The id is {Shorten(given.GetRawText())}; a string or an integer is allowed.");
            }

            return Problem(root, hasId: id != NoId) is { } problem ? Refuse(McpErrorCode.InvalidRequest, problem, id)
                : HalfSurrogates.Exist(root) ? Refuse(McpErrorCode.InvalidParams, "The message holds half a surrogate pair (a lone \\uD800 to \\uDFFF); only whole Unicode characters are allowed.", id)
                : new LineMessage(root.Deserialize(MessageType), 0, null, id);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair in the id or method.
            return Refuse(McpErrorCode.InvalidRequest, "The message cannot be read as JSON-RPC 2.0; a request, notification or response of whole Unicode characters is allowed.", id);
        }
    }

    private static string? Problem(JsonElement root, bool hasId)
    {
        if (!root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || version.GetString() != "2.0")
        {
            return "The message has no \"jsonrpc\": \"2.0\".";
        }

        if (!root.TryGetProperty("method", out var method))
        {
            return hasId && (root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _))
                ? null
                : "The message has neither a method nor, with an id, a result or an error.";
        }

        if (method.ValueKind != JsonValueKind.String || method.GetString()!.Length == 0)
        {
            return $"The method is {Shorten(method.GetRawText())}; a string is allowed.";
        }

        return root.TryGetProperty("params", out var parameters) && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
            ? $"The params are {Shorten(parameters.GetRawText())}; an object is allowed."
            : null;
    }

    private static bool TryReadId(JsonElement given, out string id)
    {
        var isId = given.ValueKind == JsonValueKind.String
            ? given.GetString() is not null
            : given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out _);
        id = isId ? given.GetRawText() : NoId;
        return isId;
    }

    // A reader that is told that more follows does not mind that the line is cut.
    private static string FindId(ReadOnlySpan<byte> prefix)
    {
        try
        {
            var reader = new Utf8JsonReader(prefix, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("id"u8) && reader.Read())
                {
                    var isId = reader.TokenType == JsonTokenType.String || (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _));
                    return !isId ? NoId
                        : reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan)
                        : $"\"{JsonEncodedText.Encode(reader.GetString()!)}\"";
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON at all: there is no id to find.
        }

        return NoId;
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> line) =>
        line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;

    private static string Shorten(string json) => json.Length <= 40 ? json : json[..40] + "...";
}
