using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tests.Stdio;

/// <summary>The transport alone: the test plays the server, reads what was received and answers.</summary>
public sealed class StdioTransportTests
{
    private const string Ping1 = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Fact]
    public async Task Request_with_the_id_of_one_in_flight_is_refused_until_that_is_answered()
    {
        using var connection = new StdioConnection();
        connection.Send(Ping1);
        connection.Send(Ping1);

        var refusal = await connection.ReadAsync();
        refusal.GetProperty("id").GetInt32().ShouldBe(1);
        refusal.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
        refusal.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("The id 1 belongs to a request that is not answered yet");

        await AnswerAsync(connection, await ReceiveAsync<JsonRpcRequest>(connection));
        (await connection.ReadAsync()).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Object);

        connection.Send(Ping1);
        (await ReceiveAsync<JsonRpcRequest>(connection)).Id.ShouldBe(new RequestId(1));
    }

    [Fact]
    public async Task Request_with_the_id_of_one_that_got_an_error_is_accepted()
    {
        using var connection = new StdioConnection();
        connection.Send(Ping1);
        var first = await ReceiveAsync<JsonRpcRequest>(connection);

        await connection.Transport.SendMessageAsync(new JsonRpcError { Id = first.Id, Error = new JsonRpcErrorDetail { Code = 1, Message = "no" } });
        connection.Send(Ping1);

        await ReceiveAsync<JsonRpcRequest>(connection);
    }

    [Fact]
    public async Task Request_with_the_same_digits_as_a_string_is_another()
    {
        using var connection = new StdioConnection();
        connection.Send(Ping1);
        connection.Send("""{"jsonrpc":"2.0","id":"1","method":"ping"}""");

        (await ReceiveAsync<JsonRpcRequest>(connection)).Id.ShouldBe(new RequestId(1));
        (await ReceiveAsync<JsonRpcRequest>(connection)).Id.ShouldBe(new RequestId("1"));
    }

    [Fact]
    public async Task Request_with_an_id_whose_answer_the_client_has_just_read_is_accepted()
    {
        // The client sends its next request while the server is still inside the write of the answer.
        StdioConnection connection = null!;
        var received = new TaskCompletionSource<JsonRpcMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = connection = new StdioConnection(output: inner => new WatchedStream(inner, onFlushed: async () =>
        {
            connection.Send(Ping1);
            received.TrySetResult(await connection.Transport.MessageReader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        }));
        connection.Send(Ping1);

        await AnswerAsync(connection, await ReceiveAsync<JsonRpcRequest>(connection));

        (await received.Task).ShouldBeOfType<JsonRpcRequest>().Id.ShouldBe(new RequestId(1));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"a\"")]
    public async Task Request_with_the_id_of_a_cancelled_one_is_accepted(string id)
    {
        using var connection = new StdioConnection();
        connection.Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");
        connection.Send($$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}}}}""");
        connection.Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");

        await ReceiveAsync<JsonRpcRequest>(connection);
        await ReceiveAsync<JsonRpcNotification>(connection);
        await ReceiveAsync<JsonRpcRequest>(connection);
    }

    [Theory]
    [InlineData("""{"requestId":1}""")]
    [InlineData("""{"requestId":"never seen"}""")]
    [InlineData("""{"requestId":1.5}""")]
    [InlineData("""{"requestId":null}""")]
    [InlineData("""{"requestId":{}}""")]
    [InlineData("""{"requestId":99999999999999999999}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Cancellation_of_what_is_not_there_is_harmless(string parameters)
    {
        using var connection = new StdioConnection();
        connection.Send($$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{parameters}}}""");
        connection.Send(Ping1);

        // The SDK must not hear of it: it would cancel a request with that id which came a moment later.
        (await ReceiveAsync<JsonRpcRequest>(connection)).Id.ShouldBe(new RequestId(1));
    }

    [Fact]
    public async Task Send_writes_one_flushed_line_whatever_the_message_holds()
    {
        using var connection = new StdioConnection(output: static inner => new BufferedStream(inner, 1 << 20));

        await connection.Transport.SendMessageAsync(Notification("first\nsecond\r\n\u2028third\0 😀"));

        (await connection.ReadAsync()).GetProperty("params").GetProperty("text").GetString().ShouldBe("first\nsecond\r\n\u2028third\0 😀");
        (await connection.ReadToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_from_many_callers_at_once_keeps_lines_whole()
    {
        using var connection = new StdioConnection(output: static inner => new WatchedStream(inner, yieldsBetweenBytes: true));

        var sending = Enumerable.Range(0, 100).Select(i => Task.Run(() => connection.Transport.SendMessageAsync(Notification($"{i}")))).ToArray();
        connection.Send("nonsense");
        await Task.WhenAll(sending);
        var refusal = false;
        var texts = new HashSet<string>();
        for (var i = 0; i <= 100; i++)
        {
            var line = await connection.ReadAsync();
            refusal |= line.TryGetProperty("error", out _) || !texts.Add(line.GetProperty("params").GetProperty("text").GetString()!);
        }

        refusal.ShouldBeTrue();
        texts.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Send_to_a_client_that_no_longer_reads_does_not_throw_and_says_so_once()
    {
        using var logs = new RecordingLoggers();
        using var connection = new StdioConnection(output: static inner => new WatchedStream(inner, onWriting: static () => throw new IOException("Broken pipe")), loggers: logs);

        await connection.Transport.SendMessageAsync(Notification("a"));
        await connection.Transport.SendMessageAsync(Notification("b"));

        logs.Lines.Where(static l => l.Text.Contains("Broken pipe", StringComparison.Ordinal)).ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Debug);
    }

    [Fact]
    public async Task Line_that_arrives_after_disposal_is_dropped()
    {
        // Were it to throw on the reading thread, it would end the process of the tests.
        using var connection = new StdioConnection();
        await connection.Transport.DisposeAsync();

        connection.Send(Ping1);
        connection.Send("nonsense");

        // The refusal of the second line tells that the first was read.
        (await connection.ReadAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32700);
        connection.Transport.MessageReader.TryRead(out _).ShouldBeFalse();
    }

    private static async Task<T> ReceiveAsync<T>(StdioConnection connection)
        where T : JsonRpcMessage =>
        (await connection.Transport.MessageReader.ReadAsync().AsTask().WaitAsync(StdioConnection.Patience)).ShouldBeOfType<T>();

    private static Task AnswerAsync(StdioConnection connection, JsonRpcRequest request) =>
        connection.Transport.SendMessageAsync(new JsonRpcResponse { Id = request.Id, Result = new JsonObject() });

    private static JsonRpcNotification Notification(string text) => new() { Method = "test", Params = new JsonObject { ["text"] = text } };
}
