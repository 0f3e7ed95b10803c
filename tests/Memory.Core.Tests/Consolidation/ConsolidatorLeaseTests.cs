using Memory.Core.Consolidation;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation;

/// <summary>Of all that would consolidate one does.</summary>
public sealed class ConsolidatorLeaseTests
{
    [Fact]
    public async Task RunAsync_while_another_is_at_work_says_busy()
    {
        await using var f = new ServiceFixture();
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), "elsewhere/1/1/x", TimeSpan.FromMinutes(1));

        var outcome = await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns));
        outcome.Problem!.Code.ShouldBe(ProblemCode.Busy);

        // Nobody extends that lease: its holder is gone.
        f.Time.Advance(TimeSpan.FromMinutes(2));
        (await f.ConsolidateAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task RunAsync_while_another_is_at_work_elsewhere_or_begins_the_night_does_not_wait()
    {
        await using var f = new ServiceFixture();
        await using var other = f.AnotherStore();
        Namespace.TryParse("elsewhere", out var elsewhere).ShouldBeTrue();
        await other.AcquireLeaseAsync(Consolidator.LeaseName(elsewhere), "elsewhere/1/1/x", TimeSpan.FromMinutes(1));
        await other.AcquireLeaseAsync(Consolidator.NightLeaseName, "elsewhere/1/1/x", TimeSpan.FromMinutes(1));

        (await f.ConsolidateAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task RunNightAsync_waits_for_whoever_is_at_a_namespace()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds");
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), "elsewhere/1/1/x", TimeSpan.FromMinutes(1));
        f.Time.Advance(TimeSpan.FromSeconds(10));

        var night = f.Consolidator.RunNightAsync(f.Time.GetUtcNow());
        while (!night.IsCompleted)
        {
            f.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        (await night).Value!.ShouldHaveSingleItem().State.ShouldBe(RunState.Completed);
        (f.Time.GetUtcNow() - ServiceFixture.Start).ShouldBeGreaterThan(TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task RunAsync_after_the_clock_was_set_back_does_not_wait_for_a_lease_from_the_future()
    {
        await using var f = new ServiceFixture();
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), "elsewhere/1/1/x", TimeSpan.FromSeconds(30));
        f.Time.AdjustTime(f.Time.GetUtcNow().AddDays(-1));

        (await f.ConsolidateAsync()).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task RunAsync_keeps_its_lease_alive_however_long_it_takes()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds");
        await f.StoreAsync("the (rule) holds");
        await using var other = f.AnotherStore();
        var holders = new HashSet<string>();
        var progress = new ConsolidatorTests.Recorder(_ =>
        {
            // Each step takes longer than a beat, all of them together longer than the lease.
            f.Time.Advance(TimeSpan.FromSeconds(20));
            var beaten = f.Store.WriteAsync(ServiceFixture.Ns, static w => w.LeaseHolder(Consolidator.LeaseName(ServiceFixture.Ns))).GetAwaiter().GetResult();
            var lease = other.AcquireLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), "elsewhere/1/1/x", TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
            lease.Holder.ShouldBe(beaten);
            holders.Add(lease.Holder);
        });

        var outcome = await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns), progress);

        outcome.Value!.Counts.Merged.ShouldBe(1);
        holders.ShouldHaveSingleItem().ShouldNotStartWith("elsewhere");
    }

    [Fact]
    public async Task RunAsync_that_lost_its_lease_stops_before_it_writes()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds");
        await f.StoreAsync("the (rule) holds");
        await using var other = f.AnotherStore();
        var stolen = false;
        var progress = new ConsolidatorTests.Recorder(p =>
        {
            if (p.Stage == "merge" && !stolen)
            {
                stolen = true;
                // As if this process had been suspended for an hour while another took over.
                f.Store.WriteAsync(ServiceFixture.Ns, static w => w.LeaseHolder(Consolidator.LeaseName(ServiceFixture.Ns))).GetAwaiter().GetResult().ShouldNotBeNull();
                var holder = f.Store.WriteAsync(ServiceFixture.Ns, static w => w.LeaseHolder(Consolidator.LeaseName(ServiceFixture.Ns))).GetAwaiter().GetResult()!;
                other.ReleaseLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), holder).GetAwaiter().GetResult();
                other.AcquireLeaseAsync(Consolidator.LeaseName(ServiceFixture.Ns), "elsewhere/1/1/x", TimeSpan.FromMinutes(5)).GetAwaiter().GetResult();
            }
        });
        var before = await f.DumpAsync();

        var outcome = await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns), progress);

        outcome.Problem!.Code.ShouldBe(ProblemCode.Conflict);
        (await f.DumpAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task RunNightAsync_of_two_processes_one_does_the_work_of_every_namespace()
    {
        await using var f = new ServiceFixture();
        Namespace.TryParse("other", out var otherNs).ShouldBeTrue();
        foreach (var ns in new[] { ServiceFixture.Ns, otherNs })
        {
            await f.StoreAsync("The rule holds", ns: ns);
            await f.StoreAsync("the (rule) holds", ns: ns);
        }

        await using var store = f.AnotherStore();
        var second = new Consolidator(store, f.Time, new Random(2));
        f.Time.Advance(TimeSpan.FromDays(1));
        var due = f.Time.GetUtcNow().AddHours(-1);

        var outcomes = new[] { await f.Consolidator.RunNightAsync(due), await second.RunNightAsync(due) };

        outcomes[0].Value!.Count.ShouldBe(2);
        outcomes[0].Value!.Sum(static r => r.Counts.Merged).ShouldBe(2);
        outcomes[1].Value!.ShouldBeEmpty();
        (await f.Store.LastNightAsync()).ShouldBe(f.Time.GetUtcNow());
        (await f.Memories.StatusAsync(otherNs)).LastRun!.Cause.ShouldBe(RunCause.Schedule);
    }

    [Fact]
    public async Task RunNightAsync_cancelled_does_not_count_as_done()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds");
        var before = await f.Store.LastNightAsync();
        f.Time.Advance(TimeSpan.FromDays(1));

        await Should.ThrowAsync<OperationCanceledException>(() => f.Consolidator.RunNightAsync(f.Time.GetUtcNow(), cancellationToken: new CancellationToken(true)));

        (await f.Store.LastNightAsync()).ShouldBe(before);
        (await f.Consolidator.RunNightAsync(f.Time.GetUtcNow())).Value!.Count.ShouldBe(1);
    }
}
