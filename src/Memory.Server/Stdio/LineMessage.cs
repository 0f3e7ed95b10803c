using System.Runtime.InteropServices;
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
    // The deepest that System.Text.Json reads unless told otherwise; the SDK reads params no deeper.
    private const int MaxDepth = 64;

    // Of two values for one name each reader would take another one.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads a line; <see langword="null"/> for one that needs no answer: with nothing on it, or an error that names no request.</summary>
    public static LineMessage? Parse(ReadOnlyMemory<byte> line)
    {
        line = WithoutByteOrderMark(line);
        if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return null;
        }

        if (!Utf8.IsValid(line.Span))
        {
            return Refuse(McpErrorCode.ParseError, "The line is not valid UTF-8; one JSON-RPC 2.0 message in UTF-8 on each line is allowed.", JsonId.FindInRequest(line.Span, out _));
        }

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair in a name.
            return ReadLeniently(line);
        }
    }

    /// <summary>The answer to a line that is longer than allowed.</summary>
    /// <param name="prefix">Its beginning.</param>
    /// <param name="maxLineBytes">What is allowed.</param>
    public static LineMessage TooLong(ReadOnlyMemory<byte> prefix, int maxLineBytes) =>
        Refuse(McpErrorCode.InvalidRequest, $"The line is longer than {maxLineBytes} bytes, which is the most allowed. Send less in one message.", JsonId.Find(WithoutByteOrderMark(prefix).Span));

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
    public static LineMessage Refuse(McpErrorCode code, string reason, string id = JsonId.None) => new(null, (int)code, reason, id);

    // Finds out what is wrong with a line that could not be read strictly.
    private static LineMessage ReadLeniently(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Lenient);
            return Read(document.RootElement) switch
            {
                { Message: null } refused => refused,
                var read => Refuse(McpErrorCode.InvalidRequest, "The message has an object with one name twice; each name is allowed once.", read is { Message: JsonRpcRequest } ? read.Value.Id : JsonId.None),
            };
        }
        catch (JsonException error)
        {
            var id = JsonId.FindInRequest(line.Span, out var isJson);
            return isJson ? Refuse(McpErrorCode.InvalidRequest, $"The message is deeper than {MaxDepth} levels, which is the most allowed.", id) : Refuse(
                McpErrorCode.ParseError,
                $"The line is not valid JSON, or deeper than {MaxDepth} levels (at byte {error.BytePositionInLine}); one JSON-RPC 2.0 message on each line is allowed.");
        }
    }

    private static LineMessage? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refuse(McpErrorCode.InvalidRequest, root.ValueKind == JsonValueKind.Array
                ? "Batches are not part of MCP; send each message on a line of its own."
                : $"A {root.ValueKind} is not a message; a JSON-RPC 2.0 object is allowed.");
        }

        var asked = JsonId.None;
        try
        {
            var isAnswer = !root.TryGetProperty("method", out _) && (root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _));
            var id = JsonId.None;
            if (root.TryGetProperty("id", out var given) && !JsonId.TryRead(given, out id))
            {
                // An error without an id tells of a line of ours: were it answered with another, that might go on for ever.
                return isAnswer && given.ValueKind == JsonValueKind.Null
                    ? null
                    : Refuse(McpErrorCode.InvalidRequest, $"The id is {Shorten(given.GetRawText())}; a string or an integer is allowed.");
            }

            // The id of an answer is one of ours: an error with it would be taken for the answer to a request of the client.
            asked = isAnswer ? JsonId.None : id;
            return Problem(root, isAnswer && id != JsonId.None) is { } problem ? Refuse(McpErrorCode.InvalidRequest, problem, asked)
                : HalfSurrogates.Exist(root) ? Refuse(McpErrorCode.InvalidParams, "The message holds half a surrogate pair (a lone \\uD800 to \\uDFFF); only whole Unicode characters are allowed.", asked)
                : new LineMessage(root.Deserialize(MessageType), 0, null, id);
        }
        catch (JsonException)
        {
            return Refuse(McpErrorCode.InvalidRequest, "The message cannot be read as JSON-RPC 2.0; a request, notification or response is allowed.", asked);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the id, the method or a name beside them.
            return Refuse(McpErrorCode.InvalidRequest, "The message cannot be read as JSON-RPC 2.0; only whole Unicode characters are allowed.", JsonId.Find(JsonMarshal.GetRawUtf8Value(root)));
        }
    }

    private static string? Problem(JsonElement root, bool isAnswerWithId)
    {
        if (!root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || version.GetString() != "2.0")
        {
            return "The message has no \"jsonrpc\": \"2.0\".";
        }

        if (!root.TryGetProperty("method", out var method))
        {
            return isAnswerWithId ? null : "The message has neither a method nor, with an id, a result or an error.";
        }

        if (method.ValueKind != JsonValueKind.String || method.GetString()!.Length == 0)
        {
            return $"The method is {Shorten(method.GetRawText())}; a string is allowed.";
        }

        return root.TryGetProperty("params", out var parameters) && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
            ? $"The params are {Shorten(parameters.GetRawText())}; an object is allowed."
            : null;
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> line) =>
        line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;

    private static string Shorten(string json) => json.Length <= 40 ? json : json[..40] + "...";
}
