using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Server.JsonRpc;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>What a line of input turned out to be: a message, or the reason why it is none, with the id of the request if one can be read.</summary>
/// <param name="Message">The message.</param>
/// <param name="Refusal">Why it is none.</param>
/// <param name="Id">The id as it stood in the line, as JSON; <c>null</c> when none can be read.</param>
internal readonly record struct LineMessage(JsonRpcMessage? Message, MessageRefusal Refusal, string Id)
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads a line; <see langword="null"/> for one that needs no answer: with nothing on it, or an error that names no request.</summary>
    public static LineMessage? Parse(ReadOnlyMemory<byte> line)
    {
        LineMessage? message = null;
        return MessageCheck.Find(line, MessageFraming.Line, (root, id) => message = new LineMessage(root.Deserialize(MessageType), default, id)) is { } refusal
            ? Of(refusal)
            : message;
    }

    /// <summary>The answer to a line that is longer than allowed.</summary>
    /// <param name="prefix">Its beginning.</param>
    /// <param name="maxLineBytes">What is allowed.</param>
    public static LineMessage TooLong(ReadOnlyMemory<byte> prefix, int maxLineBytes) => Refuse(
        McpErrorCode.InvalidRequest,
        $"The line is longer than {maxLineBytes} bytes, which is the most allowed. Send less in one message.",
        JsonId.Find(MessageCheck.WithoutByteOrderMark(prefix).Span));

    /// <summary>The same for a message that cannot be accepted now.</summary>
    public static LineMessage Refuse(McpErrorCode code, string reason, string id = JsonId.None) => Of(MessageRefusal.Of(code, reason, id));

    /// <summary>The answer to this line, when it is no message.</summary>
    public byte[] ToErrorLine() => [.. Refusal.ToJson(), (byte)'\n'];

    private static LineMessage Of(MessageRefusal refusal) => new(null, refusal, refusal.Id);
}
