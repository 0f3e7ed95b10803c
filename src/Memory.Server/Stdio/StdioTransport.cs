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

    /// <summary>How long the end of input waits for answers that are under way: of the two seconds to end in, half; the rest is for queued writes.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

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

    /// <summary>Cancelled when input has ended and the time for answers is over: what is still under way shall stop.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <inheritdoc/>
    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, MessageType);
        await WriteAsync((byte[])[.. json, (byte)'\n']);
        if (message is JsonRpcResponse or JsonRpcError)
        {
            _inFlight.Remove(((JsonRpcMessageWithId)message).Id);
        }
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

            _inFlight.WhenDrainedAsync().WaitAsync(DrainTime, _time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            LeftUnanswered();
            _abandoned.Cancel();
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
            Refused(line.Reason!);
            await WriteAsync(line.ToErrorLine());
            return;
        }

        if (line.Message is JsonRpcRequest request && !_inFlight.TryAdd(request.Id))
        {
            var refusal = LineMessage.Refuse(McpErrorCode.InvalidRequest, $"The id {line.Id} belongs to a request that is not answered yet; a new one is allowed.", line.Id);
            Refused(refusal.Reason!);
            await WriteAsync(refusal.ToErrorLine());
            return;
        }

        await WriteMessageAsync(line.Message);
        if (line.Message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancelled && CancelledId(cancelled.Params) is { } id)
        {
            // A cancelled request is not answered, so its id is free from here on.
            _inFlight.Remove(id);
        }
    }

    private static RequestId? CancelledId(JsonNode? parameters) => (parameters as JsonObject)?["requestId"] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => new RequestId(text),
        JsonValue value when value.TryGetValue<long>(out var number) => new RequestId(number),
        _ => null,
    };

    private async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        // Never cancelled half-way: half a line would spoil the next.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            if (!_clientIsGone)
            {
                await _output.WriteAsync(line, CancellationToken.None);
                await _output.FlushAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Input ended while requests were not yet answered; they are cancelled")]
    private partial void LeftUnanswered();

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client no longer reads: {Reason}")]
    private partial void ClientIsGone(string reason);
}
