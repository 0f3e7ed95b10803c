using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Scheduling;

/// <summary>A clock turned by hand that tells when somebody has begun to wait, so that it is not turned too early.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), _waits.Writer);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Completes when somebody waits, or has begun to since this was last called, for this long.</summary>
    public async Task SomebodyWaitsAsync(TimeSpan howLong)
    {
        while (await NextWaitAsync() != howLong)
        {
        }
    }

    /// <summary>How long the next one waits who waits for a time, and not for ever.</summary>
    public async Task<TimeSpan> NextWaitAsync()
    {
        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync(patience.Token);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }
        }
    }

    private sealed class WatchedTimer(ITimer timer, ChannelWriter<TimeSpan> waits) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            waits.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
