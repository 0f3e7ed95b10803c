using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Core.Tests.Embeddings.Remote;

/// <summary>A clock turned by hand that tells which timers are set, so that a test turns it when the code waits, and not before.</summary>
internal sealed class TimersSeen : FakeTimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer is set that is none of the limits of time; yields how long it is.</summary>
    public async Task<TimeSpan> PauseAsync(params TimeSpan[] limits)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var timer = await _timers.Reader.ReadAsync(patience.Token);
            if (timer > TimeSpan.Zero && !limits.Contains(timer))
            {
                return timer;
            }
        }
    }
}
