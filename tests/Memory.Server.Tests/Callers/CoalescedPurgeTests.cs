using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Tests.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class CoalescedPurgeTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private readonly List<TaskCompletionSource<string?>> _begun = [];
    private readonly CoalescedPurge _purge;

    public CoalescedPurgeTests() => _purge = new CoalescedPurge(BeginAsync, _time);

    [Fact]
    public async Task RunAsync_of_those_who_ask_while_one_is_at_work_is_one_that_begins_after_it()
    {
        var first = _purge.RunAsync("a", rests: false);
        await BegunAsync(1);
        Task<string?>[] waiting = [_purge.RunAsync("a", rests: false), _purge.RunAsync("b", rests: false), _purge.RunAsync("c", rests: false)];

        // Theirs may have come too late for the one at work.
        _begun[0].SetResult("of the first");
        (await first).ShouldBe("of the first");
        await BegunAsync(2);
        waiting.ShouldAllBe(static w => !w.IsCompleted);
        _begun[1].SetResult("of all others");

        (await Task.WhenAll(waiting)).ShouldBe(["of all others", "of all others", "of all others"]);
        _begun.Count.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_again_by_the_same_caller_leaves_others_most_of_the_time()
    {
        var first = _purge.RunAsync("noisy", rests: true);
        await BegunAsync(1);
        var again = _purge.RunAsync("noisy", rests: true);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _begun[0].SetResult(null);
        await first;

        var quiet = _purge.RunAsync("quiet", rests: true);
        await BegunAsync(2);
        _begun[1].SetResult(null);
        await quiet;
        again.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(4_800));
        _begun.Count.ShouldBe(2);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await BegunAsync(3);
        _begun[2].SetResult("done");
        (await again).ShouldBe("done");
    }

    [Fact]
    public async Task RunAsync_that_would_wait_for_long_says_so_and_is_done_when_it_is_time()
    {
        var first = _purge.RunAsync("noisy", rests: true);
        await BegunAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _begun[0].SetResult(null);
        await first;

        var told = await Task.WhenAll(_purge.RunAsync("noisy", rests: true), _purge.RunAsync("noisy", rests: true)).WaitAsync(ServerProcess.Patience);
        told.ShouldAllBe(static t => t == "others are at work, and the file was rewritten for this caller a moment ago; it is again within 49 seconds");
        _begun.Count.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(49));
        await BegunAsync(2);
        _begun[1].SetResult(null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_that_is_done_later_tells_the_log_that_traces_remain(bool fails)
    {
        var log = new KeptLog<CoalescedPurge>();
        var purge = new CoalescedPurge(BeginAsync, _time, log);
        var first = purge.RunAsync("noisy", rests: true);
        await BegunAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _begun[0].SetResult(null);
        await first;
        (await purge.RunAsync("noisy", rests: true)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(49));
        await BegunAsync(2);
        if (fails)
        {
            _begun[1].SetException(new MemoryStoreException(new Problem(ProblemCode.StoreUnavailable, "the disk is full")));
        }
        else
        {
            _begun[1].SetResult("the disk is full");
        }

        while (log.Lines.Count == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        log.Lines.ShouldHaveSingleItem().ShouldContain("Traces of what was forgotten may remain in the store's files for now: the disk is full");
    }

    [Fact]
    public async Task RunAsync_again_does_not_wait_when_nobody_else_is_about()
    {
        for (var i = 1; i <= 3; i++)
        {
            var purge = _purge.RunAsync("only", rests: false);
            await BegunAsync(i);
            _time.Advance(TimeSpan.FromMilliseconds(100));
            _begun[i - 1].SetResult(null);
            (await purge).ShouldBeNull();
        }
    }

    [Fact]
    public async Task RunAsync_that_failed_keeps_nobody_from_the_next()
    {
        var first = _purge.RunAsync("a", rests: false);
        await BegunAsync(1);
        _begun[0].SetException(new InvalidOperationException("the disk"));
        await Should.ThrowAsync<InvalidOperationException>(() => first);

        var second = _purge.RunAsync("a", rests: false);
        await BegunAsync(2);
        _begun[1].SetResult(null);
        (await second).ShouldBeNull();
    }

    private Task<string?> BeginAsync()
    {
        var one = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_begun)
        {
            _begun.Add(one);
        }

        return one.Task;
    }

    private async Task BegunAsync(int count)
    {
        while (true)
        {
            lock (_begun)
            {
                if (_begun.Count >= count)
                {
                    return;
                }
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
