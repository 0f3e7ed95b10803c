using System.Text;
using System.Text.Json;
using Memory.Server.Tests.Stdio;

namespace Memory.Server.Tests.Http;

/// <summary>What is posted to MCP and is no message: refused as a line over stdio is, before anything is done.</summary>
[Collection(typeof(HttpCollection))]
public sealed class McpBodyTests : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _ns;

    public McpBodyTests(HttpFixture server)
    {
        _client = server.Client("everything");
        _ns = server.NewNamespace();
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused_under_its_id_and_nothing_is_stored()
    {
        var (status, error) = await RefusedAsync(Store("caf\u00e9 number 1 costs 5\u0080"));

        status.ShouldBe(400);
        error.ShouldBe("""{"jsonrpc":"2.0","id":1,"error":{"code":-32700,"message":"The body is not valid UTF-8; one JSON-RPC 2.0 message in UTF-8 is allowed."}}""");
        (await StoredAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused_wherever_it_stands_and_nothing_is_stored()
    {
        foreach (var message in new[]
        {
            Store(@"x \udfff"),
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800","arguments":{}}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall","arguments":{"query":"\uD800"}}}""",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall","arguments":{"\udfff":"a"}}}""",
            """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"memory://beta/\ud800"}}""",
            """{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"recall_context","arguments":{"topic":"\ud800"}}}""",
            """{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"topic","value":"\ud800"}}}""",
        })
        {
            var (status, error) = await RefusedAsync(message);

            status.ShouldBe(400, message);
            var told = JsonElement.Parse(error);
            told.GetProperty("id").GetInt32().ShouldBe(1);
            told.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32602);
            told.GetProperty("error").GetProperty("message").GetString().ShouldBe("The message holds half a surrogate pair (a lone \\uD800 to \\uDFFF); only whole Unicode characters are allowed.");
        }

        (await StoredAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("tools/call", """{"name":"recall","arguments":{"query":"a"},"arguments":{"query":"a"}}""")]
    [InlineData("tools/call", """{"name":"recall","name":"status","arguments":{}}""")]
    [InlineData("tools/call", """{"name":"status","arguments":{"namespace":"beta","namespace":"alpha"}}""")]
    [InlineData("resources/read", """{"uri":"memory://beta/snapshot","uri":"memory://beta/snapshot"}""")]
    [InlineData("prompts/get", """{"name":"recall_context","arguments":{"topic":"a","topic":"b"}}""")]
    [InlineData("completion/complete", """{"ref":{"type":"ref/prompt","name":"recall_context"},"argument":{"name":"tag","name":"tag","value":""}}""")]
    [InlineData("tools/list", """{},"method":"tools/list" """)]
    public async Task A_name_that_stands_twice_is_refused(string method, string parameters)
    {
        var (status, error) = await RefusedAsync($$"""{"jsonrpc":"2.0","id":"a","method":"{{method}}","params":{{parameters}}}""");

        status.ShouldBe(400);
        error.ShouldBe("""{"jsonrpc":"2.0","id":"a","error":{"code":-32600,"message":"The message has an object with one name twice; each name is allowed once."}}""");
    }

    [Fact]
    public async Task Whatever_is_no_message_over_stdio_is_none_over_HTTP_with_the_same_code_and_id()
    {
        foreach (var (line, code, id, part) in BadLines.All.Select(static row => row.Data))
        {
            // What the transport is told of, the SDK reads: its words are its own.
            if (part == "cannot be read")
            {
                continue;
            }

            var (status, error) = await RefusedAsync(line);

            status.ShouldBe(400, line);
            var told = JsonElement.Parse(error);
            told.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code, line);
            told.GetProperty("id").GetRawText().ShouldBe(id, line);
            told.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(part == "on each line" ? "one JSON-RPC 2.0 message is allowed" : part);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", "", "The body is said to be of charset utf-16; JSON is taken in utf-8 alone.")]
    [InlineData("application/json; charset=\"iso-8859-1\"", "", "The body is said to be of charset \"iso-8859-1\"; JSON is taken in utf-8 alone.")]
    [InlineData("application/json", "gzip", "The body has Content-Encoding gzip; only bodies as they are (identity) are taken.")]
    [InlineData("application/json; charset=UTF-8", "identity, br", "The body has Content-Encoding br; only bodies as they are (identity) are taken.")]
    public async Task A_body_that_is_said_to_be_written_otherwise_is_of_no_type_that_is_taken(string type, string coding, string reason)
    {
        foreach (var (path, body) in new[] { ("/mcp", Store("Harbor ships on Mondays.")), ($"/api/v1/memories?namespace={_ns}", """{"content":"Harbor ships on Mondays."}""") })
        {
            using var response = await PostAsync(path, Encoding.UTF8.GetBytes(body), type, coding);

            ((int)response.StatusCode).ShouldBe(415, path);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe(reason);
        }

        (await StoredAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8", "")]
    [InlineData("application/json;charset=\"utf-8\"", "identity")]
    [InlineData("application/json", "Identity")]
    public async Task A_body_that_is_said_to_be_as_it_is_in_UTF8_is_taken(string type, string coding)
    {
        using var mcp = await PostAsync("/mcp", Encoding.UTF8.GetBytes(Store("Harbor ships on Mondays, caf\u00e9.")), type, coding);
        using var rest = await PostAsync($"/api/v1/memories?namespace={_ns}", """{"content":"The harbour opens at seven."}"""u8.ToArray(), type, coding);

        ((int)mcp.StatusCode).ShouldBe(200);
        ((int)rest.StatusCode).ShouldBe(201);
        (await StoredAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_megabytes_is_read_whole_whether_it_says_its_length_or_not(bool isChunked)
    {
        var statements = Enumerable.Range(0, 90).Select(i => $$"""{"content":"{{i}} {{new string('x', 32_000)}} \ud83d\ude00"}""");
        var body = Encoding.UTF8.GetBytes($$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"store","arguments":{"namespace":"{{{{_ns}}}}","memories":[{{{{string.Join(',', statements)}}}}]}}}""");

        using var response = await PostAsync("/mcp", body, isChunked: isChunked);

        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("isError\":true");
        (await StoredAsync()).ShouldBe(90);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("text/plain")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/json; charset=utf-16; x=\"")]
    public async Task A_body_that_is_not_said_to_be_JSON_is_answered_415_and_nothing_is_stored(string type)
    {
        using var refused = await PostAsync("/mcp", BadLines.Bytes(Store("Said to be something else.")), type);

        ((int)refused.StatusCode).ShouldBe(415);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await StoredAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("\r\n")]
    [InlineData("\u00ef\u00bb\u00bf")]
    public async Task A_body_without_a_message_is_refused_and_the_next_one_is_taken(string body)
    {
        (await RefusedAsync(body)).ShouldBe(
            (400, """{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"The body is empty; one JSON-RPC 2.0 message in UTF-8 is allowed."}}"""));

        using var next = await PostAsync("/mcp", BadLines.Bytes(Store("Said after nothing.")));
        ((int)next.StatusCode).ShouldBe(200);
        (await StoredAsync()).ShouldBe(1);
    }

    private string Store(string content) =>
        $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"store","arguments":{"namespace":"{{{{_ns}}}}","content":"{{{{content}}}}"}}}""";

    // One char a byte, as the lines that are no message are written.
    private async Task<(int Status, string Body)> RefusedAsync(string message)
    {
        using var response = await PostAsync("/mcp", BadLines.Bytes(message));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", message);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type = "application/json", string coding = "", bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (type.Length > 0)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.TransferEncodingChunked = isChunked;
        if (coding.Length > 0)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<int> StoredAsync() => (await _client.GetOkAsync(HttpMethod.Get, $"/api/v1/memories?namespace={_ns}&limit=100")).GetProperty("memories").GetArrayLength();
}
