using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Consolidation;

public sealed class PlanTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task Plan_is_carried_out_exactly_and_only_once()
    {
        await using var f = new ServiceFixture();
        await StoreAsync(f);
        var before = await f.DumpAsync();
        var planned = await f.ConsolidateAsync(dryRun: true);
        (await f.DumpAsync()).ShouldBe(before);
        f.Time.Advance(TimeSpan.FromHours(3));

        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });

        done.Run.ShouldBe(planned.Plan);
        done.Counts.ShouldBe(planned.Counts);
        done.Changes.ShouldBe(planned.Changes);
        done.Refused.ShouldBeEmpty();
        (await RunAsync(f, planned.Plan)).Problem!.Message.ShouldContain("carried out already");
        (await f.Consolidator.UndoAsync(Ns, done.Run!.Value)).Value!.Refused.ShouldBeEmpty();
        (await f.DumpAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Plan_does_not_do_what_came_up_since()
    {
        await using var f = new ServiceFixture();
        await StoreAsync(f);
        var planned = await f.ConsolidateAsync(dryRun: true);
        await f.StoreAsync("The law holds.");
        await f.StoreAsync("the (law) holds");

        (await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan })).Counts.ShouldBe(planned.Counts);

        (await f.InStateAsync(MemoryState.Active)).Count(static t => t.Contains("law", StringComparison.Ordinal)).ShouldBe(2);
        // The run of the plan has not seen them: the next incremental one does.
        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Merged.ShouldBe(1);
    }

    [Fact]
    public async Task Plan_does_not_merge_what_somebody_said_since_is_not_the_same()
    {
        await using var f = new ServiceFixture();
        var one = await f.StoreAsync("The rule holds.");
        var other = await f.StoreAsync("the (rule) holds");
        var planned = await f.ConsolidateAsync(dryRun: true);
        await f.Memories.FeedbackOnPairAsync(Ns, one.Memory.Id, other.Memory.Id, PairMarkKind.NotDuplicate);

        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });

        done.Counts.Merged.ShouldBe(0);
        done.Refused.ShouldHaveSingleItem().ShouldContain("somebody said");
    }

    [Fact]
    public async Task Plan_refuses_where_a_memory_has_changed_since_and_does_the_rest()
    {
        await using var f = new ServiceFixture();
        var rule = await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        await f.StoreAsync("The law holds.");
        await f.StoreAsync("the (law) holds");
        var planned = await f.ConsolidateAsync(dryRun: true);
        await f.Memories.UpdateAsync(Ns, rule.Memory.Id, new MemoryChange { Importance = 0.9 });

        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });

        done.Counts.Merged.ShouldBe(1);
        done.Refused.Single().ShouldContain(rule.Memory.Id.Value);
    }

    [Fact]
    public async Task Plan_of_which_a_memory_was_forgotten_holds_its_words_no_more_and_is_refused()
    {
        await using var f = new ServiceFixture();
        var rule = await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var planned = await f.ConsolidateAsync(dryRun: true);
        await f.Memories.ForgetAsync(Ns, [rule.Memory.Id]);

        (await f.Store.ReadAsync(Ns, r => r.PlanUnits(planned.Plan!.Value))).Single().Work.ShouldBeEmpty();
        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });
        done.Counts.IsEmpty.ShouldBeTrue();
        done.Refused.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Plan_of_another_namespace_or_unknown_is_not_found()
    {
        await using var f = new ServiceFixture();
        await StoreAsync(f);
        var plan = (await f.ConsolidateAsync(dryRun: true)).Plan;
        Namespace.TryParse("other", out var other).ShouldBeTrue();

        (await f.Consolidator.RunAsync(new ConsolidationRequest(other) { Plan = plan })).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        RunId.TryParse("20200101-000000-abcdx7", out var unknown).ShouldBeTrue();
        (await RunAsync(f, unknown)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
    }

    [Fact]
    public async Task Plan_cancelled_midway_goes_on_where_it_stopped()
    {
        await using var f = new ServiceFixture();
        await StoreAsync(f);
        var planned = await f.ConsolidateAsync(dryRun: true);
        using var cancel = new CancellationTokenSource();
        var progress = new ConsolidatorTests.Recorder(p =>
        {
            if (p.Done == 2)
            {
                cancel.Cancel();
            }
        });
        var stopped = (await f.Consolidator.RunAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan }, progress, cancel.Token)).Value!;
        stopped.State.ShouldBe(RunState.Cancelled);
        stopped.Counts.Merged.ShouldBe(2);

        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });

        done.State.ShouldBe(RunState.Completed);
        done.Refused.ShouldBeEmpty();
        done.Counts.ShouldBe(planned.Counts);
    }

    [Fact]
    public async Task Plan_only_the_latest_are_kept()
    {
        await using var f = new ServiceFixture();
        await StoreAsync(f);
        var plans = new List<RunId?>();
        for (var i = 0; i < 7; i++)
        {
            f.Time.Advance(TimeSpan.FromMinutes(1));
            plans.Add((await f.ConsolidateAsync(dryRun: true)).Plan);
        }

        (await RunAsync(f, plans[0])).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await RunAsync(f, plans[6])).Succeeded.ShouldBeTrue();
    }

    private static Task<Outcome<ConsolidationReport>> RunAsync(ServiceFixture f, RunId? plan) =>
        f.Consolidator.RunAsync(new ConsolidationRequest(Ns) { Plan = plan });

    private static async Task StoreAsync(ServiceFixture f)
    {
        for (var i = 0; i < 4; i++)
        {
            await f.StoreAsync($"The rule{i} holds.", session: "a", tags: [$"t{i}"]);
            await f.StoreAsync($"the (rule{i}) holds", session: "b");
        }

        await f.StoreAsync("Lena lives in Oslo.", source: "user");
        f.Time.Advance(TimeSpan.FromDays(3));
        await f.StoreAsync("Lena moved to Bergen.", source: "user");
    }
}
