using System.Text.Json;
using ModelContextProtocol;

namespace Memory.Server.JsonRpc;

/// <summary>Why what came is no message that is taken.</summary>
/// <param name="Code">The JSON-RPC error code.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
/// <param name="Id">The id as it stood in the message, as JSON; <c>null</c> when none can be read.</param>
internal readonly record struct MessageRefusal(int Code, string Reason, string Id)
{
    public static MessageRefusal Of(McpErrorCode code, string reason, string id = JsonId.None) => new((int)code, reason, id);

    /// <summary>The answer to the message: an error of JSON-RPC 2.0.</summary>
    public byte[] ToJson()
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

        return buffer.ToArray();
    }
}
