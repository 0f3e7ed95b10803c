using Memory.Core.Consolidation;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation;

/// <summary>What a run leaves undone because it would change too much is left to the next one.</summary>
public sealed class HeldBackTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    private static readonly string[] Names =
    [
        "apple", "banana", "cherry", "damson", "elder", "fig", "grape", "hazel", "ivy", "juniper", "kale", "lemon", "mango", "nectar", "olive", "papaya", "quince", "radish", "sage",
        "thyme", "ulmus", "violet", "walnut", "yarrow", "zinnia", "aster", "birch", "cedar", "daisy", "ebony",
    ];

    [Fact]
    public async Task RunAsync_incremental_goes_on_with_what_the_last_run_held_back()
    {
        await using var f = await StoreAsync();
        var first = await f.ConsolidateAsync(RunScope.Incremental);
        first.Counts.Superseded.ShouldBe(20);
        first.RolledBack.Single().ShouldStartWith("10 more memories would have changed state");

        (await f.ConsolidateAsync(RunScope.Incremental, dryRun: true)).Counts.Superseded.ShouldBe(10);
        var second = await f.ConsolidateAsync(RunScope.Incremental);

        second.Counts.Superseded.ShouldBe(10);
        second.RolledBack.ShouldBeEmpty();
        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.IsEmpty.ShouldBeTrue();
        var run = await f.Store.ReadAsync(Ns, static r => (Seen: r.LastCompletedRun()!.SeenSequence, Last: r.LastSequence()));
        run.Seen.ShouldBe(run.Last);
    }

    [Fact]
    public async Task RunAsync_incremental_and_forced_does_what_a_full_run_held_back_at_once()
    {
        await using var f = await StoreAsync(2 * Names.Length);
        (await f.ConsolidateAsync()).Counts.Superseded.ShouldBe(36);

        var forced = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Force = true });

        forced.Counts.Superseded.ShouldBe(24);
        forced.RolledBack.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_of_a_plan_leaves_what_was_held_back_of_it_to_the_next_run()
    {
        await using var f = await StoreAsync();
        var planned = await f.ConsolidateAsync(RunScope.Incremental, dryRun: true);
        planned.Counts.Superseded.ShouldBe(20);

        (await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan })).Counts.Superseded.ShouldBe(20);

        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Superseded.ShouldBe(10);
    }

    private static async Task<ServiceFixture> StoreAsync(int pairs = 30)
    {
        var f = new ServiceFixture();
        foreach (var (i, name) in Names.Concat(Names.Select(static n => new string([.. n.Reverse()]))).Take(pairs).Index())
        {
            await f.StoreAsync($"The port of service {name} is {1000 + i}.", occurredAt: ServiceFixture.Start.AddDays(-300));
            await f.StoreAsync($"The port of service {name} is {2000 + i}.", source: "user", occurredAt: ServiceFixture.Start.AddDays(-30));
        }

        return f;
    }
}
