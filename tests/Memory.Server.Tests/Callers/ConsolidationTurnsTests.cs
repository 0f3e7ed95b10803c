using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class ConsolidationTurnsTests
{
    private readonly CallerContext _callers = new(Namespace.Default);
    private readonly FakeTimeProvider _time = new();
    private readonly ConsolidationTurns _turns;

    public ConsolidationTurnsTests() => _turns = new ConsolidationTurns(_callers, _time);

    [Fact]
    public async Task EnterAsync_lets_one_work_at_a_time_and_callers_take_turns()
    {
        var order = new List<string>();
        var first = await EnterAsync("noisy");
        Task[] waiting = [WorkAsync("noisy"), WorkAsync("noisy"), WorkAsync("quiet")];
        waiting.ShouldAllBe(static w => !w.IsCompleted);

        first!.Dispose();
        await Task.WhenAll(waiting);

        order.ShouldBe(["noisy", "quiet", "noisy"]);

        async Task WorkAsync(string caller)
        {
            using var turn = await EnterAsync(caller);
            order.Add(caller);
        }
    }

    [Fact]
    public async Task EnterAsync_of_a_caller_with_as_many_as_it_may_have_is_refused_after_a_second_until_one_has_ended()
    {
        var first = await EnterAsync("noisy");
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, ConsolidationTurns.MaxOfOne - 1).Select(_ => EnterAsync("noisy", leaving.Token).AsTask()).ToArray();

        var surplus = EnterAsync("noisy").AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        surplus.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var refused = await Should.ThrowAsync<MemoryStoreException>(() => surplus.WaitAsync(ServerProcess.Patience));
        refused.Problem.ShouldBe(new Problem(ProblemCode.Busy, "4 consolidations of this caller are at work or waiting; 4 at once are allowed. Ask again when one of them has ended."));
        var other = EnterAsync("quiet").AsTask();

        await leaving.CancelAsync();
        foreach (var one in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => one);
        }

        var again = EnterAsync("noisy").AsTask();
        first!.Dispose();
        await Task.WhenAll(EndAsync(other), EndAsync(again));

        static async Task EndAsync(Task<IDisposable?> turn) => (await turn)!.Dispose();
    }

    [Fact]
    public async Task EnterAsync_of_the_process_itself_waits_for_nobody()
    {
        using var other = await EnterAsync("caller");

        (await Task.Run(async () => await _turns.EnterAsync(CancellationToken.None))).ShouldBeNull();
    }

    // The caller goes with the work: that of this method is seen by nobody else.
    private async ValueTask<IDisposable?> EnterAsync(string caller, CancellationToken cancellationToken = default)
    {
        _callers.Enter(new Caller(caller, caller, NamespaceList.All, Scopes.Consolidate), null);
        return await _turns.EnterAsync(cancellationToken);
    }
}
