using System.Text;

namespace Memory.Server.Tests.Stdio;

/// <summary>Lines that are no message: the code, the id of the answer as JSON, and a part of what it says.</summary>
internal static class BadLines
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int InvalidParams = -32602;

    /// <summary>As text: one char a byte (Latin-1), so that bytes that are no UTF-8 can be written too.</summary>
    public static TheoryData<string, int, string, string> All { get; } = new()
    {
        { "{", ParseError, "null", "not valid JSON" },
        { "nonsense", ParseError, "null", "at byte 1" },
        { "\0", ParseError, "null", "not valid JSON" },
        { """{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"}""", ParseError, "null", "on each line" },
        { """{"jsonrpc":"2.0","id":1,"method":"ping",}""", ParseError, "null", "not valid JSON" },
        { """{"jsonrpc":"2.0","id":1,"method":"ping"} // comment""", ParseError, "null", "not valid JSON" },
        { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\0\"}", ParseError, "null", "not valid JSON" },
        { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\"\u00c3\u0028\"}}", ParseError, "1", "not valid UTF-8" },
        { "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"params\":{\"id\":2,\"\u00c3\u0028\":[]},\"id\":\"a\"}", ParseError, "\"a\"", "not valid UTF-8" },
        { "{\"jsonrpc\":\"2.0\",\"id\":\"\u00ff\",\"method\":\"ping\"}", ParseError, "null", "not valid UTF-8" },
        { "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"\u00ff\"}}", ParseError, "null", "not valid UTF-8" },
        { "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\"\u00ff\"}", ParseError, "null", "not valid UTF-8" },
        { "\u00ff\u00fe{", ParseError, "null", "not valid UTF-8" },
        { new string('[', 10_000), ParseError, "null", "64 levels" },
        { $$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{{string.Concat(Enumerable.Repeat("{\"a\":", 70))}}1{{new string('}', 71)}}""", InvalidRequest, "1", "64 levels" },
        { """[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", InvalidRequest, "null", "Batches" },
        { "[]", InvalidRequest, "null", "Batches" },
        { "42", InvalidRequest, "null", "A Number is not a message" },
        { "\"ping\"", InvalidRequest, "null", "A String is not a message" },
        { "null", InvalidRequest, "null", "A Null is not a message" },
        { "{}", InvalidRequest, "null", "\"jsonrpc\": \"2.0\"" },
        { """{"id":7,"method":"ping"}""", InvalidRequest, "7", "\"jsonrpc\": \"2.0\"" },
        { """{"jsonrpc":"1.0","id":"a","method":"ping"}""", InvalidRequest, "\"a\"", "\"jsonrpc\": \"2.0\"" },
        { """{"jsonrpc":2.0,"id":7,"method":"ping"}""", InvalidRequest, "7", "\"jsonrpc\": \"2.0\"" },
        { """{"jsonrpc":"2.0","id":{},"method":"ping"}""", InvalidRequest, "null", "The id is {}" },
        { """{"jsonrpc":"2.0","id":[1],"method":"ping"}""", InvalidRequest, "null", "The id is [1]" },
        { """{"jsonrpc":"2.0","id":true,"method":"ping"}""", InvalidRequest, "null", "The id is true" },
        { """{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", InvalidRequest, "null", "The id is 1.5" },
        { """{"jsonrpc":"2.0","id":null,"method":"ping"}""", InvalidRequest, "null", "The id is null" },
        { """{"jsonrpc":"2.0","id":9223372036854775808,"method":"ping"}""", InvalidRequest, "null", "a string or an integer" },
        { """{"jsonrpc":"2.0","id":1e400,"method":"ping"}""", InvalidRequest, "null", "a string or an integer" },
        { """{"jsonrpc":"2.0","id":8}""", InvalidRequest, "8", "neither a method" },
        { """{"jsonrpc":"2.0","result":{}}""", InvalidRequest, "null", "neither a method" },
        { """{"jsonrpc":"2.0","id":8,"method":5}""", InvalidRequest, "8", "The method is 5" },
        { """{"jsonrpc":"2.0","id":8,"method":null}""", InvalidRequest, "8", "The method is null" },
        { """{"jsonrpc":"2.0","id":8,"method":""}""", InvalidRequest, "8", "The method is \"\"" },
        { """{"jsonrpc":"2.0","id":8,"method":"ping","params":[1]}""", InvalidRequest, "8", "The params are [1]" },
        { """{"jsonrpc":"2.0","id":8,"method":"ping","params":"x"}""", InvalidRequest, "8", "an object is allowed" },
        { """{"jsonrpc":"2.0","method":"ping","params":true}""", InvalidRequest, "null", "The params are true" },
        { $$"""{"jsonrpc":"2.0","id":8,"method":"ping","params":["{{new string('x', 5_000)}}"]}""", InvalidRequest, "8", "xxx..." },
        { """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"echo","arguments":{"a":"\ud800"}}}""", InvalidParams, "8", "half a surrogate pair" },
        { """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"echo","arguments":{"a":[{"b":"\uDC00\uD800"}]}}}""", InvalidParams, "8", "half a surrogate pair" },
        { """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"echo","arguments":{"\udfff":1}}}""", InvalidParams, "8", "half a surrogate pair" },
        { """{"jsonrpc":"2.0","id":8,"method":"\ud800"}""", InvalidRequest, "8", "whole Unicode characters" },
        { """{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", InvalidRequest, "null", "whole Unicode characters" },
        { """{"jsonrpc":"2.0","id":8,"method":"ping","\ud800":1}""", InvalidRequest, "8", "whole Unicode characters" },
        { """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"echo","name":"hold"}}""", InvalidRequest, "8", "twice" },
        { """{"jsonrpc":"2.0","id":8,"id":9,"method":"ping"}""", InvalidRequest, "9", "twice" },
        { """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"requestId":2}}""", InvalidRequest, "null", "twice" },
        // The id of an answer is the server's: an error with it would be taken for the answer to a request of the client.
        { """{"jsonrpc":"2.0","id":8,"result":{"a":"\ud800"}}""", InvalidParams, "null", "half a surrogate pair" },
        { """{"jsonrpc":"2.0","id":8,"result":1,"result":2}""", InvalidRequest, "null", "twice" },
        { """{"jsonrpc":"2.0","id":8,"error":5}""", InvalidRequest, "null", "cannot be read" },
    };

    public static byte[] Bytes(string line) => Encoding.Latin1.GetBytes(line);
}
