using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Memory.Server.Stdio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Stdio;

/// <summary>A transport between two pipes in memory, seen from the client's end.</summary>
internal sealed class StdioConnection : IDisposable
{
    /// <summary>Long enough for a busy machine; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // No limits: the client of a test may write everything before the server reads any of it.
    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly StreamReader _answers;

    /// <param name="output">Puts something between the transport and the pipe, to watch or to fail.</param>
    /// <param name="loggers">Where the transport logs to.</param>
    public StdioConnection(Func<Stream, Stream>? output = null, ILoggerFactory? loggers = null)
    {
        _answers = new StreamReader(_output.Reader.AsStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        var stream = _output.Writer.AsStream();
        Transport = new StdioTransport(_input.Reader.AsStream(), output?.Invoke(stream) ?? stream, Time, loggers ?? NullLoggerFactory.Instance);
    }

    public StdioTransport Transport { get; }

    public ObservedTime Time { get; } = new();

    public void Send(string line) => Send(Encoding.UTF8.GetBytes(line));

    public void Send(ReadOnlySpan<byte> line)
    {
        var writer = _input.Writer.AsStream(leaveOpen: true);
        writer.Write([.. line, (byte)'\n']);
        writer.Flush();
    }

    /// <summary>Ends the input, as a client does that leaves.</summary>
    public void End() => _input.Writer.Complete();

    /// <summary>The next line that the server wrote.</summary>
    public async Task<JsonElement> ReadAsync() => JsonElement.Parse((await _answers.ReadLineAsync().WaitAsync(Patience)).ShouldNotBeNull());

    /// <summary>Every line that is left, once the server writes no more.</summary>
    public async Task<string[]> ReadToEndAsync()
    {
        await _output.Writer.CompleteAsync();
        return (await _answers.ReadToEndAsync().WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Ends the input, so that the reading thread ends too.</summary>
    public void Dispose()
    {
        End();
        _answers.Dispose();
    }

    /// <summary>A clock that stands still until told, and tells when somebody begins to wait.</summary>
    internal sealed class ObservedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the first timer is set.</summary>
        public Task SomebodyWaits => _waiting.Task.WaitAsync(Patience);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waiting.TrySetResult();
            return timer;
        }
    }
}
