using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol;

namespace Memory.Server.JsonRpc;

/// <summary>
/// Checks a message before anybody reads it, the same for every transport: bytes that are no UTF-8, halves of surrogate pairs and names that stand
/// twice would be read by each reader otherwise, and none of them would say so.
/// See <see href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</see>; batches are not part of MCP since 2025-06-18.
/// </summary>
internal static class MessageCheck
{
    // The deepest that System.Text.Json reads unless told otherwise; the SDK reads params no deeper.
    private const int MaxDepth = 64;

    // Of two values for one name each reader would take another one.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    /// <summary>Looks for what is wrong with a message.</summary>
    /// <param name="message">What came.</param>
    /// <param name="framing">How it came.</param>
    /// <param name="read">Given what is right, and its id; may throw that it cannot be read as JSON-RPC 2.0.</param>
    /// <returns>What is wrong; <see langword="null"/> too for what needs no answer: blank, or an error that names no request.</returns>
    public static MessageRefusal? Find(ReadOnlyMemory<byte> message, MessageFraming framing, Action<JsonElement, string>? read = null)
    {
        message = WithoutByteOrderMark(message);
        if (message.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return framing.MayBeBlank ? null : MessageRefusal.Of(McpErrorCode.ParseError, $"The {framing.Unit} is empty; one JSON-RPC 2.0 message in UTF-8{framing.Place} is allowed.");
        }

        if (!Utf8.IsValid(message.Span))
        {
            return MessageRefusal.Of(
                McpErrorCode.ParseError, $"The {framing.Unit} is not valid UTF-8; one JSON-RPC 2.0 message in UTF-8{framing.Place} is allowed.", JsonId.FindInRequest(message.Span, out _));
        }

        try
        {
            using var document = JsonDocument.Parse(message, Strict);
            return Find(document.RootElement, framing, read, out _);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair in a name.
            return FindLeniently(message, framing);
        }
    }

    /// <summary>What follows a byte order mark.</summary>
    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> message) => message.Span.StartsWith("\uFEFF"u8) ? message[3..] : message;

    // Finds out what is wrong with a message that could not be read strictly.
    private static MessageRefusal? FindLeniently(ReadOnlyMemory<byte> message, MessageFraming framing)
    {
        try
        {
            using var document = JsonDocument.Parse(message, Lenient);
            var id = JsonId.None;
            return Find(document.RootElement, framing, (_, asked) => id = asked, out var needsAnswer)
                ?? (needsAnswer ? MessageRefusal.Of(McpErrorCode.InvalidRequest, "The message has an object with one name twice; each name is allowed once.", id) : null);
        }
        catch (JsonException error)
        {
            var id = JsonId.FindInRequest(message.Span, out var isJson);
            var line = error.LineNumber is > 0 and var before ? $"line {before + 1}, " : "";
            return isJson ? MessageRefusal.Of(McpErrorCode.InvalidRequest, $"The message is deeper than {MaxDepth} levels, which is the most allowed.", id) : MessageRefusal.Of(
                McpErrorCode.ParseError,
                $"The {framing.Unit} is not valid JSON, or deeper than {MaxDepth} levels (at {line}byte {error.BytePositionInLine}); one JSON-RPC 2.0 message{framing.Place} is allowed.");
        }
    }

    private static MessageRefusal? Find(JsonElement root, MessageFraming framing, Action<JsonElement, string>? read, out bool needsAnswer)
    {
        needsAnswer = true;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return MessageRefusal.Of(McpErrorCode.InvalidRequest, root.ValueKind == JsonValueKind.Array
                ? $"Batches are not part of MCP; send each message {framing.OfItsOwn}."
                : $"A {root.ValueKind} is not a message; a JSON-RPC 2.0 object is allowed.");
        }

        var asked = JsonId.None;
        try
        {
            var isAnswer = !root.TryGetProperty("method", out _) && (root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _));
            var id = JsonId.None;
            if (root.TryGetProperty("id", out var given) && !JsonId.TryRead(given, out id))
            {
                // An error without an id tells of a message of ours: were it answered with another, that might go on for ever.
                needsAnswer = !(isAnswer && given.ValueKind == JsonValueKind.Null);
                return needsAnswer ? MessageRefusal.Of(McpErrorCode.InvalidRequest, $"The id is {Shorten(given.GetRawText())}; a string or an integer is allowed.") : null;
            }

            // The id of an answer is one of ours: an error with it would be taken for the answer to a request of the client.
            asked = isAnswer ? JsonId.None : id;
            if (Problem(root, isAnswer && id != JsonId.None) is { } problem)
            {
                return MessageRefusal.Of(McpErrorCode.InvalidRequest, problem, asked);
            }

            if (HalfSurrogates.Exist(root))
            {
                return MessageRefusal.Of(McpErrorCode.InvalidParams, "The message holds half a surrogate pair (a lone \\uD800 to \\uDFFF); only whole Unicode characters are allowed.", asked);
            }

            read?.Invoke(root, asked);
            return null;
        }
        catch (JsonException)
        {
            return MessageRefusal.Of(McpErrorCode.InvalidRequest, "The message cannot be read as JSON-RPC 2.0; a request, notification or response is allowed.", asked);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the id, the method or a name beside them.
            return MessageRefusal.Of(McpErrorCode.InvalidRequest, "The message cannot be read as JSON-RPC 2.0; only whole Unicode characters are allowed.", JsonId.Find(JsonMarshal.GetRawUtf8Value(root)));
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

    private static string Shorten(string json) => json.Length <= 40 ? json : json[..40] + "...";
}
