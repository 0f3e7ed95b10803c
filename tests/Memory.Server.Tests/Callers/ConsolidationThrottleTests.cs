using Memory.Server.Callers;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class ConsolidationThrottleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConsolidationThrottle _throttle;

    public ConsolidationThrottleTests() => _throttle = new ConsolidationThrottle(_time);

    [Fact]
    public async Task RestAsync_adds_up_short_pieces_of_work_and_then_rests_four_times_as_long()
    {
        _time.Advance(TimeSpan.FromMilliseconds(3));
        await EndsAfterAsync(TimeSpan.Zero);

        _time.Advance(TimeSpan.FromMilliseconds(4));
        await EndsAfterAsync(TimeSpan.FromMilliseconds(28));

        _time.Advance(TimeSpan.FromMilliseconds(4));
        await EndsAfterAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task RestAsync_after_long_work_rests_for_half_a_second()
    {
        _time.Advance(TimeSpan.FromMinutes(1));

        await EndsAfterAsync(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task RestAsync_that_is_cancelled_ends_at_once_and_says_nothing()
    {
        using var cancel = new CancellationTokenSource();
        _time.Advance(TimeSpan.FromMinutes(1));
        var rest = _throttle.RestAsync(cancel.Token).AsTask();
        rest.IsCompleted.ShouldBeFalse();

        await cancel.CancelAsync();

        await rest.WaitAsync(ServerProcess.Patience);
    }

    // Not a millisecond earlier.
    private async Task EndsAfterAsync(TimeSpan rest)
    {
        var resting = _throttle.RestAsync(CancellationToken.None).AsTask();
        if (rest > TimeSpan.Zero)
        {
            _time.Advance(rest - TimeSpan.FromMilliseconds(1));
            resting.IsCompleted.ShouldBeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
        else
        {
            resting.IsCompleted.ShouldBeTrue();
        }

        await resting.WaitAsync(ServerProcess.Patience);
    }
}
