using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Tests.Scheduling;

/// <summary>A log that is kept and can be waited on.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();

    public IReadOnlyCollection<string> Lines => _lines;

    public async Task<string> NextAsync()
    {
        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        return await _unread.Reader.ReadAsync(patience.Token);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)}";
        _lines.Enqueue(line);
        _unread.Writer.TryWrite(line);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
}
