using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Operations;

public sealed class StoreOperationTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Store_of_an_old_fact_again_is_evidence_of_its_own_time_and_supersedes_nothing_newer()
    {
        await using var f = new ServiceFixture();
        var old = (await f.StoreAsync("The dev port of Harbor is 8080.", source: "user", occurredAt: January)).Memory.Id;
        await f.StoreAsync("The dev port of Harbor is 9090.", source: "user", occurredAt: January.AddMonths(9));
        await f.StoreAsync("The dev port of Harbor is 8080.", source: "agent", occurredAt: January.AddDays(1));

        await f.ConsolidateAsync();

        (await EvidenceTimesAsync(f, old)).ShouldBe([January.AddDays(1), ServiceFixture.Start], ignoreOrder: true);
        (await f.InStateAsync(MemoryState.Superseded)).ShouldBe(["The dev port of Harbor is 8080."]);
    }

    [Fact]
    public async Task Store_of_a_hedged_statement_believes_it_half_as_much_until_it_is_said_plainly()
    {
        await using var f = new ServiceFixture();
        var memory = (await f.StoreAsync("I think the boat is blue.", source: "user")).Memory;
        memory.Confidence.ShouldBe(1 / (1 + Math.Exp(-1.15)), 1e-9);

        await f.StoreAsync("The boat is blue.", source: "user", session: "later");
        await f.ConsolidateAsync();

        (await f.RecallAsync(new RecallRequest { Query = "boat" })).Memories.Single().Memory.Confidence.ShouldBeGreaterThan(1 / (1 + Math.Exp(-2.3)));
    }

    [Fact]
    public async Task Store_of_an_event_again_is_evidence_of_now()
    {
        await using var f = new ServiceFixture();
        var id = (await f.StoreAsync("Harbor was released.", MemoryKind.Event, occurredAt: January)).Memory.Id;
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.StoreAsync("Harbor was released.", MemoryKind.Event, source: "user", occurredAt: January);

        (await EvidenceTimesAsync(f, id)).ShouldBe([ServiceFixture.Start, ServiceFixture.Start.AddDays(1)]);
    }

    private static Task<DateTimeOffset[]> EvidenceTimesAsync(ServiceFixture f, MemoryId id) =>
        f.Store.ReadAsync(ServiceFixture.Ns, r => r.EvidenceOf([id])[id].Where(static e => e.Kind != EvidenceKind.Contradicted).Select(static e => e.At).ToArray());
}
