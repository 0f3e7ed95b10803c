using System.Text;
using System.Text.Json;
using CsCheck;
using Memory.Server.Stdio;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tests.Stdio;

public sealed class LineMessageTests
{
    private static readonly byte[] Marks = "{}[]\",:\\u0dDn1e-."u8.ToArray();

    private static readonly string[] Originals =
    [
        """{"jsonrpc":"2.0","id":"bad","method":"tools/call","params":{"name":"echo","arguments":{"a":"\ud83d\ude00"}}}""",
        """{"jsonrpc":"2.0","id":"bad","method":"ping","params":{"_meta":{"progressToken":1}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"bad","reason":"x"}}""",
        """{"jsonrpc":"2.0","id":"bad","result":{"a":[1,2.5,null,true]}}""",
    ];

    private static readonly Gen<byte> Meaningful = Gen.Int[0, Marks.Length - 1].Select(static i => Marks[i]);

    [Theory]
    [MemberData(nameof(BadLines.All), MemberType = typeof(BadLines))]
    public void Parse_of_a_line_that_is_no_message_says_why(string line, int code, string id, string part)
    {
        var parsed = LineMessage.Parse(BadLines.Bytes(line)).ShouldNotBeNull();

        parsed.Message.ShouldBeNull();
        parsed.Refusal.Code.ShouldBe(code);
        parsed.Id.ShouldBe(id);
        parsed.Refusal.Reason.ShouldNotBeNull().ShouldContain(part);
        parsed.Refusal.Reason.Length.ShouldBeLessThan(300);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    [InlineData(" \t ")]
    [InlineData("\uFEFF")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"your line was not JSON"}}""")]
    public void Parse_of_a_line_that_asks_for_nothing_yields_nothing(string line) =>
        LineMessage.Parse(Encoding.UTF8.GetBytes(line)).ShouldBeNull();

    [Fact]
    public void Parse_of_a_request_keeps_id_method_and_params()
    {
        var request = Parse<JsonRpcRequest>("""{"jsonrpc":"2.0","id":9223372036854775807,"method":"tools/call","params":{"name":"x"}}""");

        request.Id.ShouldBe(new RequestId(long.MaxValue));
        request.Method.ShouldBe("tools/call");
        request.Params!["name"]!.GetValue<string>().ShouldBe("x");
    }

    [Theory]
    [InlineData("\uFEFF{0}")]
    [InlineData("{0}\r")]
    [InlineData("  {0}\t")]
    public void Parse_tolerates_a_byte_order_mark_and_white_space_around(string form) =>
        Parse<JsonRpcRequest>(form.Replace("{0}", """{"jsonrpc":"2.0","id":"a","method":"ping","params":null}""")).Id.ShouldBe(new RequestId("a"));

    [Fact]
    public void Parse_accepts_pairs_of_surrogates_written_as_escapes() =>
        Parse<JsonRpcRequest>("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\ud83d\ude00","\uD83D\uDE00":"\\ud800"}}""")
            .Params!["a"]!.GetValue<string>().ShouldBe("😀");

    [Fact]
    public void Parse_tells_notifications_answers_and_errors_apart()
    {
        Parse<JsonRpcNotification>("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Parse<JsonRpcResponse>("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        Parse<JsonRpcError>("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}""");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"x":"aaa""", "17")]
    [InlineData("""{"jsonrpc":"2.0","id":"\"q\"","method":"tools/call","params":{"x":"aaa""", """\u0022q\u0022""")]
    [InlineData("""{"params":{"id":5,"a":[{"id":6}]},"id":7,"method":"x""", "7")]
    [InlineData("""{"params":{"id":5,"a":"aaa""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":17""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":"cut""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"id":3,"x":"aaa""", null)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","x":"aaa""", null)]
    [InlineData("""[{"id":5,"x":"aaa""", null)]
    [InlineData("""aaaaaa""", null)]
    [InlineData("\uFEFF{\"id\":17,\"x\":\"aaa", "17")]
    public void TooLong_finds_the_id_when_the_beginning_holds_it(string prefix, string? id)
    {
        var refusal = LineMessage.TooLong(Encoding.UTF8.GetBytes(prefix), 1_000);

        refusal.Id.Trim('"').ShouldBe(id ?? "null");
        refusal.Refusal.Code.ShouldBe((int)McpErrorCode.InvalidRequest);
        refusal.Refusal.Reason.ShouldNotBeNull().ShouldContain("1000 bytes");
    }

    [Fact]
    public void ToErrorLine_is_one_line_of_JSON_RPC_whatever_is_quoted()
    {
        // The reason quotes 40 characters of the params: the last one is the first half of a pair.
        var line = $$"""{"jsonrpc":"2.0","id":"a\nb","method":"ping","params":["{{new string('x', 37)}}😀 and more"]}""";

        var bytes = LineMessage.Parse(Encoding.UTF8.GetBytes(line)).ShouldNotBeNull().ToErrorLine();

        bytes.Count(static b => b == '\n').ShouldBe(1);
        bytes[^1].ShouldBe((byte)'\n');
        var answer = JsonElement.Parse(bytes);
        answer.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        answer.GetProperty("id").GetString().ShouldBe("a\nb");
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
        answer.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("xxx");
    }

    [Fact]
    public void Parse_of_damaged_messages_never_throws_and_always_answers() => Damaged.Sample(
        static line =>
        {
            if (LineMessage.Parse(line) is { Message: null } refused)
            {
                refused.Refusal.Code.ShouldBeOneOf(-32700, -32600, -32602);
                JsonElement.Parse(refused.ToErrorLine()).GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
            }
        },
        iter: 5_000);

    /// <summary>A request with some of its bytes replaced by those that mean something to JSON or UTF-8, or by any.</summary>
    internal static Gen<byte[]> Damaged { get; } =
        from places in Gen.Select(Gen.Int[0, 1_000], Gen.OneOf(Gen.Byte, Meaningful)).Array[0, 6]
        from original in Gen.Int[0, Originals.Length - 1]
        select Damage(Encoding.UTF8.GetBytes(Originals[original]), places);

    private static byte[] Damage(byte[] line, (int Place, byte Value)[] places)
    {
        foreach (var (place, value) in places)
        {
            line[place % line.Length] = value;
        }

        return line;
    }

    private static T Parse<T>(string line)
        where T : JsonRpcMessage => LineMessage.Parse(Encoding.UTF8.GetBytes(line)).ShouldNotBeNull().Message.ShouldBeOfType<T>();
}
