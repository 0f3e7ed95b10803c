using System.Text.Json.Nodes;
using Memory.Server.Stdio;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Tests.Stdio;

/// <summary>What the transport does when the client ends the input.</summary>
public sealed class StdioTransportEndTests
{
    private const string Ping1 = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Fact]
    public async Task End_with_nothing_in_flight_disconnects_at_once()
    {
        using var connection = new StdioConnection();
        connection.End();

        await DisconnectedAsync(connection);
        connection.Transport.IsConnected.ShouldBeFalse();
    }

    [Fact]
    public async Task End_waits_for_the_answers_of_requests_in_flight()
    {
        using var connection = new StdioConnection();
        connection.Send(Ping1);
        connection.End();
        var request = await ReceiveAsync(connection);
        await connection.Time.SomebodyWaits;
        connection.Transport.IsConnected.ShouldBeTrue();

        await AnswerAsync(connection, request);

        await DisconnectedAsync(connection);
        (await connection.ReadAsync()).GetProperty("id").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task End_does_not_wait_for_a_cancelled_request()
    {
        using var connection = new StdioConnection();
        connection.Send(Ping1);
        connection.Send("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        connection.End();
        await ReceiveAsync(connection);
        await connection.Transport.MessageReader.ReadAsync();

        await DisconnectedAsync(connection);
    }

    [Fact]
    public async Task End_waits_until_the_last_answer_is_written_not_only_begun()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var connection = new StdioConnection(output: inner => new WatchedStream(inner, onWriting: () =>
        {
            begun.TrySetResult();
            return release.Task;
        }));
        connection.Send(Ping1);
        var answering = AnswerAsync(connection, await ReceiveAsync(connection));
        await begun.Task.WaitAsync(StdioConnection.Patience);

        connection.End();
        await connection.Time.SomebodyWaits;
        connection.Transport.IsConnected.ShouldBeTrue();

        release.SetResult();
        await answering;
        await DisconnectedAsync(connection);
        (await connection.ReadAsync()).GetProperty("id").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task End_waits_for_answers_no_longer_than_the_drain_time()
    {
        using var logs = new RecordingLoggers();
        using var connection = new StdioConnection(loggers: logs);
        connection.Send(Ping1);
        connection.End();
        await ReceiveAsync(connection);
        await connection.Time.SomebodyWaits;

        connection.Time.Advance(StdioTransport.DrainTime - TimeSpan.FromMilliseconds(1));
        connection.Transport.IsConnected.ShouldBeTrue();
        connection.Time.Advance(TimeSpan.FromMilliseconds(1));

        await DisconnectedAsync(connection);
        logs.Lines.ShouldContain(static l => l.Text.Contains("not yet answered", StringComparison.Ordinal));
        StdioTransport.DrainTime.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task End_frees_those_who_write_to_a_client_that_does_not_read()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var connection = new StdioConnection(output: inner => new WatchedStream(inner, onWriting: () =>
        {
            begun.TrySetResult();
            return new TaskCompletionSource().Task;
        }));
        connection.Send(Ping1);
        var answering = AnswerAsync(connection, await ReceiveAsync(connection));
        await begun.Task.WaitAsync(StdioConnection.Patience);
        var behind = connection.Transport.SendMessageAsync(new JsonRpcNotification { Method = "test" });

        connection.End();
        await connection.Time.SomebodyWaits;
        connection.Time.Advance(StdioTransport.DrainTime);

        await DisconnectedAsync(connection);
        await answering.WaitAsync(StdioConnection.Patience);
        await behind.WaitAsync(StdioConnection.Patience);
    }

    [Fact]
    public async Task Client_that_no_longer_reads_is_disconnected_although_it_did_not_end_the_input()
    {
        using var connection = new StdioConnection(output: static inner => new WatchedStream(inner, onWriting: static () => throw new IOException("Broken pipe")));
        connection.Send("nonsense");

        await DisconnectedAsync(connection);
    }

    [Fact]
    public async Task Input_that_fails_disconnects()
    {
        using var output = new MemoryStream();
        var transport = new StdioTransport(new FailingStream(), output, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        await Should.ThrowAsync<IOException>(() => transport.MessageReader.Completion.WaitAsync(StdioConnection.Patience));
        transport.IsConnected.ShouldBeFalse();
    }

    private static Task DisconnectedAsync(StdioConnection connection) => connection.Transport.MessageReader.Completion.WaitAsync(StdioConnection.Patience);

    private static async Task<JsonRpcRequest> ReceiveAsync(StdioConnection connection) =>
        (await connection.Transport.MessageReader.ReadAsync().AsTask().WaitAsync(StdioConnection.Patience)).ShouldBeOfType<JsonRpcRequest>();

    private static Task AnswerAsync(StdioConnection connection, JsonRpcRequest request) =>
        connection.Transport.SendMessageAsync(new JsonRpcResponse { Id = request.Id, Result = new JsonObject() });

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("Input/output error");
    }
}
