using Memory.Server.Callers;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class FairGateTests
{
    [Fact]
    public async Task EnterAsync_lets_callers_take_turns_however_many_wait_for_one_of_them()
    {
        var gate = new FairGate(1, TimeProvider.System);
        var order = new List<string>();
        var first = await gate.EnterAsync("noisy", CancellationToken.None);
        var waiting = "noisy noisy noisy quiet noisy quiet".Split(' ').Select(WorkAsync).ToArray();

        first.Dispose();
        await Task.WhenAll(waiting);

        order.ShouldBe(["noisy", "quiet", "noisy", "quiet", "noisy", "noisy"]);

        async Task WorkAsync(string caller)
        {
            using var turn = await gate.EnterAsync(caller, CancellationToken.None);
            order.Add(caller);
        }
    }

    [Fact]
    public async Task EnterAsync_that_is_cancelled_keeps_nobody_waiting()
    {
        var gate = new FairGate(1, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var first = await gate.EnterAsync("a", CancellationToken.None);
        var given = gate.EnterAsync("b", cancel.Token).AsTask();
        var next = gate.EnterAsync("c", CancellationToken.None).AsTask();

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        first.Dispose();
        (await next).Dispose();

        (await gate.EnterAsync("d", CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task EnterAsync_lets_no_more_in_than_there_are_slots()
    {
        var gate = new FairGate(3, TimeProvider.System);
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            using var turn = await gate.EnterAsync($"caller {i % 7}", CancellationToken.None);
            var now = Interlocked.Increment(ref inside);
            lock (gate)
            {
                most = Math.Max(most, now);
            }

            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        most.ShouldBeInRange(1, 3);
        inside.ShouldBe(0);
    }

    [Fact]
    public async Task EnterAsync_leaves_one_slot_to_others_while_they_are_about()
    {
        var time = new FakeTimeProvider();
        var gate = new FairGate(2, time);
        (await gate.EnterAsync("quiet", CancellationToken.None)).Dispose();
        var noisy = await gate.EnterAsync("noisy", CancellationToken.None);
        var waiting = gate.EnterAsync("noisy", CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        gate.EnterAsync("quiet", CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

        noisy.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task EnterAsync_gives_all_slots_to_one_caller_when_others_are_gone()
    {
        var time = new FakeTimeProvider();
        var gate = new FairGate(2, time);
        (await gate.EnterAsync("quiet", CancellationToken.None)).Dispose();
        using var first = await gate.EnterAsync("noisy", CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(2));

        gate.EnterAsync("noisy", CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task EnterAsync_that_waits_for_its_share_goes_on_when_others_are_gone()
    {
        var time = new FakeTimeProvider();
        var gate = new FairGate(3, time);
        (await gate.EnterAsync("quiet", CancellationToken.None)).Dispose();
        var first = await gate.EnterAsync("noisy", CancellationToken.None);
        _ = await gate.EnterAsync("noisy", CancellationToken.None);
        Task[] waiting = [gate.EnterAsync("noisy", CancellationToken.None).AsTask(), gate.EnterAsync("noisy", CancellationToken.None).AsTask()];

        time.Advance(TimeSpan.FromSeconds(2));
        first.Dispose();

        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task WaitingOf_a_caller_counts_those_that_have_no_turn_yet()
    {
        var gate = new FairGate(1, TimeProvider.System);
        var first = await gate.EnterAsync("a", CancellationToken.None);
        Task<FairGate.Turn>[] waiting = [gate.EnterAsync("a", CancellationToken.None).AsTask(), gate.EnterAsync("a", CancellationToken.None).AsTask()];

        (gate.WaitingOf("a"), gate.WaitingOf("b")).ShouldBe((2, 0));

        first.Dispose();
        gate.WaitingOf("a").ShouldBe(1);
        (await waiting[0]).Dispose();
        gate.WaitingOf("a").ShouldBe(0);
        (await waiting[1]).Dispose();
    }

    [Fact]
    public async Task Leave_with_a_rest_keeps_the_caller_waiting_and_no_slot_from_others()
    {
        var time = new FakeTimeProvider();
        var gate = new FairGate(1, time);
        var noisy = await gate.EnterAsync("noisy", CancellationToken.None);
        var again = gate.EnterAsync("noisy", CancellationToken.None).AsTask();

        noisy.Leave(TimeSpan.FromMilliseconds(100));
        (await gate.EnterAsync("quiet", CancellationToken.None)).Dispose();
        (await gate.EnterAsync("quiet", CancellationToken.None)).Dispose();
        again.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromMilliseconds(99));
        again.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await again.WaitAsync(ServerProcess.Patience)).Dispose();
    }

    [Fact]
    public async Task Leave_with_rests_of_turns_that_ended_at_once_has_one_follow_the_other()
    {
        var time = new FakeTimeProvider();
        var gate = new FairGate(2, time, share: 2);
        var (one, two) = (await gate.EnterAsync("noisy", CancellationToken.None), await gate.EnterAsync("noisy", CancellationToken.None));
        var again = gate.EnterAsync("noisy", CancellationToken.None).AsTask();

        // Half of each, as two may work side by side.
        one.Leave(TimeSpan.FromMilliseconds(100));
        two.Leave(TimeSpan.FromMilliseconds(200));
        time.Advance(TimeSpan.FromMilliseconds(149));
        again.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await again.WaitAsync(ServerProcess.Patience)).Dispose();
    }
}
