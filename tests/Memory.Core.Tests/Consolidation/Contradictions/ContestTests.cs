using Memory.Core.Consolidation;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation.Contradictions;

/// <summary>What is contested is decided of what is left when all that gives way is gone: so it depends on nothing random, and the next run finds nothing.</summary>
public sealed class ContestTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task RunAsync_contests_nothing_with_what_it_supersedes_whatever_memories_are_named()
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            await using var f = new ServiceFixture(seed);
            await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops");
            await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook");
            f.Time.Advance(TimeSpan.FromDays(60));
            await f.StoreAsync("The nightly backup runs at 05:00.", source: "user");

            var planned = await f.ConsolidateAsync(dryRun: true);
            var done = await f.ConsolidateAsync();

            (done.Counts.Superseded, done.Counts.Contested).ShouldBe((2, 0), $"with seed {seed}");
            planned.Counts.ShouldBe(done.Counts);
            (await f.InStateAsync(MemoryState.Active)).ShouldBe(["The nightly backup runs at 05:00."]);
        }
    }

    [Fact]
    public async Task RunAsync_contests_nothing_with_what_it_archives()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The nightly backup runs at 02:00.", MemoryKind.Note, source: "document:ops", importance: 0.1);
        await f.StoreAsync("The nightly backup runs at 03:30.", MemoryKind.Note, source: "document:runbook", importance: 0.9);
        f.Time.Advance(TimeSpan.FromDays(4_000));

        var counts = (await f.ConsolidateAsync()).Counts;

        (counts.Archived, counts.Contested).ShouldBe((1, 0));
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_of_equal_stores_does_the_same_and_a_second_time_nothing()
    {
        var counts = new List<RunCounts>();
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var f = new ServiceFixture(seed);
            for (var i = 0; i < 40; i++)
            {
                await f.StoreAsync($"The port of service s{i} is {1000 + i}.", occurredAt: ServiceFixture.Start.AddDays(-300));
                await f.StoreAsync($"The port of service s{i} is {2000 + i}.", source: "user", occurredAt: ServiceFixture.Start.AddDays(-60));
                await f.StoreAsync($"The port of service s{i} is {3000 + i}.", source: "user", session: "x", occurredAt: ServiceFixture.Start.AddDays(-60));
            }

            counts.Add((await ForcedAsync(f)).Counts);
            (await ForcedAsync(f)).Counts.ShouldBe(new RunCounts(0, 0, 0), $"with seed {seed}");
        }

        counts[0].Superseded.ShouldBeGreaterThanOrEqualTo(40);
        counts[0].Contested.ShouldBeGreaterThanOrEqualTo(40);
        counts.ShouldAllBe(c => c == counts[0]);

        static Task<ConsolidationReport> ForcedAsync(ServiceFixture f) => f.ConsolidateAsync(new ConsolidationRequest(Ns, RunScope.Full) { Force = true });
    }
}
