using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Server.Callers;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class CallerTurnsTests
{
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly FakeTimeProvider _time = new();
    private readonly CallerContext _callers = new(Namespace.Default);
    private readonly CallerTurns _turns;

    public CallerTurnsTests() => _turns = new CallerTurns(_callers, _time);

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(4, 1, 16)]
    [InlineData(10, 1, 100)]
    [InlineData(12, 1, 144)]
    [InlineData(40, 1, 250)]
    [InlineData(40, 239, 100)]
    public void RestAfter_grows_with_what_it_cost_and_lets_all_through(int milliseconds, int waiting, int rest) =>
        CallerTurns.RestAfter(TimeSpan.FromMilliseconds(milliseconds), waiting).ShouldBe(TimeSpan.FromMilliseconds(rest));

    [Fact]
    public async Task RunAsync_of_a_caller_with_more_waiting_rests_while_another_goes_at_once()
    {
        await As("quiet", static () => Task.FromResult(true));
        var works = Enumerable.Range(0, AtOnce).Select(static _ => new TaskCompletionSource<bool>()).ToArray();
        var atWork = works.Select(w => As("noisy", () => w.Task)).ToArray();
        var waiting = As("noisy", static () => Task.FromResult(true));
        waiting.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(10));
        works[0].SetResult(true);
        (await atWork[0]).ShouldBeTrue();
        (await As("quiet", static () => Task.FromResult(true))).ShouldBeTrue();
        waiting.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(100) / AtOnce);
        (await waiting.WaitAsync(ServerProcess.Patience)).ShouldBeTrue();
        Array.ForEach(works, static w => w.TrySetResult(true));
        await Task.WhenAll(atWork);
    }

    [Fact]
    public async Task RunAsync_of_the_only_caller_and_of_the_process_itself_never_waits()
    {
        var work = new TaskCompletionSource<bool>();
        Task<bool>[] all = [.. Enumerable.Range(0, 50).Select(_ => As("only", () => work.Task)), .. Enumerable.Range(0, 50).Select(_ => _turns.RunAsync(() => work.Task, CancellationToken.None))];
        var begun = 0;
        await As("only", () => Task.FromResult(++begun));

        begun.ShouldBe(1);
        work.SetResult(true);
        (await Task.WhenAll(all)).Length.ShouldBe(100);
    }

    [Fact]
    public async Task PassAsync_waits_for_nothing_and_counts_as_being_about()
    {
        var works = Enumerable.Range(0, AtOnce).Select(static _ => new TaskCompletionSource<bool>()).ToArray();
        var atWork = works.Select(w => As("noisy", () => w.Task)).ToArray();
        (await Passing("quiet")).ShouldBeTrue();
        (await Passing("noisy")).ShouldBeTrue();

        var waiting = As("noisy", static () => Task.FromResult(true));
        waiting.IsCompleted.ShouldBeFalse();

        Array.ForEach(works, static w => w.SetResult(true));
        await Task.WhenAll(atWork);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await waiting.WaitAsync(ServerProcess.Patience)).ShouldBeTrue();
    }

    private async Task<T> As<T>(string caller, Func<Task<T>> work)
    {
        _callers.Enter(new Caller(caller, caller, NamespaceList.All, Scopes.Read), null);
        return await _turns.RunAsync(work, CancellationToken.None);
    }

    private async Task<bool> Passing(string caller)
    {
        _callers.Enter(new Caller(caller, caller, NamespaceList.All, Scopes.Write), null);
        return await _turns.PassAsync(static () => Task.FromResult(true));
    }
}
