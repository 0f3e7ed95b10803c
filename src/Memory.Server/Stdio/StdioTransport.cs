using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Memory.Server.Stdio;

/// <summary>
/// One message a line, in and out (<see href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">MCP, stdio</see>).
/// Every line that is no message gets an error answer, and the next good one works.
/// </summary>
internal sealed partial class StdioTransport : TransportBase
{
    /// <summary>The longest line, in bytes: room for 100 memories of 32,768 characters, a byte each.</summary>
    public const int MaxLineBytes = 4 * 1024 * 1024;

    /// <summary>How long the end of input waits for answers that are under way.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1.2);

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly LineReader _lines;
    private readonly Stream _output;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly InFlightRequests _inFlight = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _abandoned = new();
    private volatile bool _clientIsGone;

    /// <summary>Begins to read at once.</summary>
    public StdioTransport(Stream input, Stream output, TimeProvider time, ILoggerFactory loggers)
        : base("stdio", loggers)
    {
        _lines = new LineReader(input, MaxLineBytes);
        _output = output;
        _time = time;
        _logger = loggers.CreateLogger<StdioTransport>();
        SetConnected();

        // A thread of its own: reading a console cannot be awaited, and blocking one of the pool's few threads would slow every answer.
        new Thread(ReadLines) { IsBackground = true, Name = "stdin" }.Start();
    }

    /// <summary>
    /// Cancelled when the input has ended and <see cref="DrainTime"/> has passed, or only subscriptions are left: what is not answered by then never will be.
    /// The SDK's server waits for its handlers, however long they take, unless it is told.
    /// </summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <inheritdoc/>
    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, MessageType);
        return WriteAsync((byte[])[.. json, (byte)'\n'], answered: message is JsonRpcResponse or JsonRpcError ? ((JsonRpcMessageWithId)message).Id : null);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        // The reading thread may hang in a read that cannot be cancelled; it ends with the process or its stream.
        SetDisconnected();
        return ValueTask.CompletedTask;
    }

    private void ReadLines()
    {
        Exception? failure = null;
        try
        {
            while (!_clientIsGone && _lines.Read() is { } line)
            {
                var parsed = line.IsTooLong ? LineMessage.TooLong(line.Bytes, MaxLineBytes) : LineMessage.Parse(line.Bytes);
                if (parsed is { } known)
                {
                    ReceiveAsync(known).GetAwaiter().GetResult();
                }
            }

            LastAnswerAsync().WaitAsync(DrainTime, _time).GetAwaiter().GetResult();
            if (_inFlight.AnyLasting)
            {
                _ = _abandoned.CancelAsync();
            }
        }
        catch (TimeoutException)
        {
            // Where an answer hangs in a pipe that nobody reads, a line of the log would hang behind it: the console has one lock for both.
            if (_writing.CurrentCount > 0)
            {
                LeftUnanswered(_inFlight.Count);
            }

            _clientIsGone = true;
            _ = _abandoned.CancelAsync();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            failure = error;
        }

        SetDisconnected(failure);
    }

    private async Task ReceiveAsync(LineMessage line)
    {
        if (line.Message is null)
        {
            Refused(line.Refusal.Reason);
            await WriteAsync(line.ToErrorLine());
            return;
        }

        if (line.Message is JsonRpcRequest request && !_inFlight.TryAdd(request.Id, lasts: request.Method == RequestMethods.SubscriptionsListen))
        {
            var refusal = LineMessage.Refuse(McpErrorCode.InvalidRequest, $"The id {line.Id} belongs to a request that is not answered yet; a new one is allowed.", line.Id);
            Refused(refusal.Refusal.Reason);
            await WriteAsync(refusal.ToErrorLine());
            return;
        }

        // A cancelled request is not answered, so its id is free from here on.
        // When there is none, the SDK is not told: it would cancel a request with that id which came a moment later.
        var cancelsNothing = line.Message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancelled
            && !(CancelledId(cancelled.Params) is { } id && _inFlight.Remove(id));
        if (!cancelsNothing)
        {
            await WriteMessageAsync(line.Message);
        }
    }

    private async Task LastAnswerAsync()
    {
        // An id is freed when the write of its answer begins; whoever writes has the semaphore.
        await _inFlight.WhenDrainedAsync();
        await _writing.WaitAsync(_abandoned.Token);
        _writing.Release();
    }

    private static RequestId? CancelledId(JsonNode? parameters) => (parameters as JsonObject)?["requestId"] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => new RequestId(text),
        JsonValue value when value.TryGetValue<long>(out var number) => new RequestId(number),
        _ => null,
    };

    private async Task WriteAsync(ReadOnlyMemory<byte> line, RequestId? answered = null)
    {
        // Never cancelled half-way: half a line would spoil the next.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            if (answered is { } id)
            {
                // Before the client can read the answer, because then it may use the id again.
                _inFlight.Remove(id);
            }

            if (!_clientIsGone)
            {
                // A write to a full pipe cannot be cancelled, only left behind.
                await _output.WriteAsync(line, CancellationToken.None).AsTask().WaitAsync(_abandoned.Token);
                await _output.FlushAsync(CancellationToken.None).WaitAsync(_abandoned.Token);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            _clientIsGone = true;
            ClientIsGone(error.Message);
        }
        finally
        {
            _writing.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A line was refused: {Reason}")]
    private partial void Refused(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Input ended while {Requests} requests were not yet answered; they are cancelled")]
    private partial void LeftUnanswered(int requests);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client no longer reads: {Reason}")]
    private partial void ClientIsGone(string reason);
}
