using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Tests.Recall.Index;

namespace Memory.Core.Tests.Consolidation;

public sealed class ConsolidatorTests
{
    [Fact]
    public async Task RunAsync_same_statement_merges_with_lineage_and_joint_evidence()
    {
        await using var f = new ServiceFixture();
        var first = await f.StoreAsync("the release runs on Harbor", source: "user", session: "a", tags: ["x"], importance: 0.3);
        var second = await f.StoreAsync("The release, runs on Harbor.", source: "document:notes", tags: ["y"], importance: 0.7);

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(1);
        report.State.ShouldBe(RunState.Completed);
        var kept = await f.ShowAsync(second.Memory.Id);
        kept.Memory.State.ShouldBe(MemoryState.Active);
        kept.Memory.Tags.ShouldBe(["x", "y"]);
        kept.Memory.Importance.ShouldBe(0.7);
        kept.Memory.Confidence.ShouldBeGreaterThan(Math.Max(first.Memory.Confidence, second.Memory.Confidence));
        kept.Confidence.Terms.Count.ShouldBe(2);
        kept.Replaced.Single().Content.ShouldBe("the release runs on Harbor");
        var gone = await f.ShowAsync(first.Memory.Id);
        gone.Memory.State.ShouldBe(MemoryState.Merged);
        gone.Lineage.Single().To.ShouldBe(second.Memory.Id);
        (await f.RecallAsync("release")).ShouldBe(["The release, runs on Harbor."]);
    }

    [Fact]
    public async Task RunAsync_makes_what_candidates_are_found_by_where_the_process_that_stored_did_not()
    {
        await using var f = new ServiceFixture();
        await using var ended = new MemoryService(f.Store, f.Time, new Random(2));
        (await ended.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = "Mara lives in Oslo." }, new NewMemory { Content = "Mara moved to Bergen." }])).Succeeded.ShouldBeTrue();
        (await MissingAsync()).ShouldBe((2, 0));

        await f.ConsolidateAsync();

        // What Oslo was named in is superseded.
        (await MissingAsync()).ShouldBe((0, 2));

        Task<(int Vectors, int Entities)> MissingAsync() => f.Store.ReadAsync(
            ServiceFixture.Ns, static r => (r.VectorCounts(TestIndex.Model).Without, r.MostConnected(10).Count));
    }

    [Fact]
    public async Task RunAsync_what_has_too_many_tags_together_is_left_apart_and_told()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mara likes tea.", tags: [.. Enumerable.Range(10, 20).Select(static i => $"a{i}")]);
        await f.StoreAsync("Mara likes the tea.", tags: [.. Enumerable.Range(10, 20).Select(static i => $"b{i}")]);

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(0);
        report.Note.ShouldNotBeNull().ShouldContain("1 that say the same as others were left beside them: together they would have more than 32 tags.");
    }

    [Theory]
    [InlineData("Ana pays Henrik.", "Henrik pays Ana.")]
    [InlineData("The build takes 5 minutes.", "The build takes 6 minutes.")]
    [InlineData("The build takes 5 minutes.", "The build takes -5 minutes.")]
    [InlineData("The review is on 2026-03-04.", "The review is on 2026-04-03.")]
    [InlineData("Mara likes tea.", "Mara does not like tea.")]
    [InlineData("Mara likes tea.", "Maria likes tea.")]
    [InlineData("The service is written in C#.", "The service is written in C.")]
    [InlineData("The service is written in C++.", "The service is written in C.")]
    [InlineData("A few tests fail.", "Few tests fail.")]
    [InlineData("The area is 10².", "The area is 102.")]
    [InlineData("Is the deploy done?", "The deploy is done.")]
    [InlineData("Deploy is done?", "Deploy is done.")]
    [InlineData("Version 1.2 is out.", "Version 12 is out.")]
    [InlineData("Let's eat, Ana.", "Lets eat Ana.")]
    [InlineData("会議は九時です。", "会議は十時です。")]
    [MemberData(nameof(NearMisses.BySigns), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByMore), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByNouns), MemberType = typeof(NearMisses))]
    [MemberData(nameof(NearMisses.ByOrderAndSmallWords), MemberType = typeof(NearMisses))]
    public async Task RunAsync_near_miss_is_never_merged_and_said_at_once_never_superseded(string one, string other)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(one);
        await f.StoreAsync(other);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);

        (await f.InStateAsync(MemoryState.Active)).ShouldBe([one, other], ignoreOrder: true);
    }

    [Theory]
    [InlineData("THE RULE HOLDS.", "The (rule) holds.")]
    [InlineData("The ｒule holds.", "The (rule) holds.")]
    [InlineData("Rule (holds).", "The rule holds.")]
    [InlineData("rule (holds).", "The rule holds.")]
    [InlineData("Rule holds!", "The rule holds")]
    public async Task RunAsync_keeps_the_better_worded_although_it_came_later(string worse, string better)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(worse);
        await f.StoreAsync(better);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);

        (await f.RecallAsync("rule")).ShouldBe([better]);
    }

    [Fact]
    public async Task RunAsync_does_not_merge_what_has_more_tags_together_than_one_may_have()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds", tags: Tags("a"));
        await f.StoreAsync("the (rule) holds", tags: Tags("b"));

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);

        static string[] Tags(string prefix) => [.. Enumerable.Range(0, 20).Select(i => $"{prefix}{i}")];
    }

    [Fact]
    public async Task RunAsync_other_kind_or_other_time_of_an_event_is_not_merged()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The stand-up was short", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-2));
        await f.StoreAsync("\"The stand-up was short\"", MemoryKind.Event, occurredAt: ServiceFixture.Start.AddDays(-1));
        await f.StoreAsync("(The stand-up was short)", MemoryKind.Note);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_twice_changes_nothing_the_second_time()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 20; i++)
        {
            await f.StoreAsync($"The rule {i} holds");
            await f.StoreAsync($"the \"rule\" {i} holds", session: "b");
        }

        f.Time.Advance(TimeSpan.FromDays(100));
        (await f.ConsolidateAsync()).Counts.ShouldBe(new RunCounts(20, 0, 0) with { Rescored = (await f.ConsolidateAsync(dryRun: true)).Counts.Rescored });
        var after = await f.DumpAsync();

        (await f.ConsolidateAsync()).Counts.ShouldBe(new RunCounts(0, 0, 0));
        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.ShouldBe(new RunCounts(0, 0, 0));

        (await f.DumpAsync()).ShouldBe(after);
    }

    [Fact]
    public async Task RunAsync_dry_run_changes_nothing_and_tells_what_the_run_does()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds", MemoryKind.Note);
        await f.StoreAsync("the (rule) holds", MemoryKind.Note, session: "b");
        await f.StoreAsync("Something else fades", MemoryKind.Note);
        f.Time.Advance(TimeSpan.FromDays(400));
        var before = await f.DumpAsync();

        var planned = await f.ConsolidateAsync(dryRun: true);

        planned.Run.ShouldBeNull();
        (await f.DumpAsync()).ShouldBe(before);
        (await f.Memories.StatusAsync(ServiceFixture.Ns)).LastRun.ShouldBeNull();
        var done = await f.ConsolidateAsync();
        done.Counts.ShouldBe(planned.Counts);
        done.Changes.ShouldBe(planned.Changes);
        done.Counts.Merged.ShouldBe(1);
        done.Counts.Archived.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task RunAsync_incremental_finds_a_new_duplicate_of_an_old_memory()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The old rule holds.");
        await f.ConsolidateAsync(RunScope.Incremental);
        await f.StoreAsync("\"the old rule\" holds");

        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Merged.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_confidence_follows_the_evidence_and_the_clock()
    {
        await using var f = new ServiceFixture();
        var note = await f.StoreAsync("The lift is broken", MemoryKind.Note, "user");
        f.Time.Advance(TimeSpan.FromDays(60));

        (await f.ConsolidateAsync()).Counts.Rescored.ShouldBe(1);

        // One half-life: the weight 2.3 is halved.
        (await f.ShowAsync(note.Memory.Id)).Memory.Confidence.ShouldBe(1 / (1 + Math.Exp(-1.15)), 1e-6);
    }

    [Fact]
    public async Task RunAsync_faded_memory_is_archived_and_its_neighbours_are_not()
    {
        await using var f = new ServiceFixture();
        var faded = await f.StoreAsync("The lift was loud today", MemoryKind.Note);
        var vital = await f.StoreAsync("The lift's emergency number is 7788", MemoryKind.Note, importance: 0.9);
        var believed = await f.StoreAsync("The lift was built in 1988", MemoryKind.Decision);
        var used = await f.StoreAsync("The lift smells of paint", MemoryKind.Note);
        f.Time.Advance(TimeSpan.FromDays(300));
        await f.RecallAsync("paint");
        await f.ReopenAsync();
        f.Time.Advance(TimeSpan.FromDays(100));

        (await f.ConsolidateAsync()).Counts.Archived.ShouldBe(1);

        (await f.ShowAsync(faded.Memory.Id)).Memory.State.ShouldBe(MemoryState.Archived);
        foreach (var kept in new[] { vital, believed, used })
        {
            (await f.ShowAsync(kept.Memory.Id)).Memory.State.ShouldBe(MemoryState.Active);
        }

        (await f.RecallAsync("loud lift")).ShouldNotContain("The lift was loud today");
        (await f.RecallAsync("loud lift", new() { States = [MemoryState.Archived] })).ShouldBe(["The lift was loud today"]);
    }

    [Fact]
    public async Task RunAsync_cancelled_between_units_leaves_whole_units_and_the_next_run_finishes()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 10; i++)
        {
            await f.StoreAsync($"The rule {i} holds");
            await f.StoreAsync($"the (rule) {i} holds");
        }

        using var cancel = new CancellationTokenSource();
        var progress = new Recorder(p =>
        {
            if (p is { Stage: "merge", Done: 4 })
            {
                cancel.Cancel();
            }
        });
        var outcome = await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns), progress, cancel.Token);

        outcome.Value!.State.ShouldBe(RunState.Cancelled);
        outcome.Value.Counts.Merged.ShouldBe(4);
        (await f.Memories.StatusAsync(ServiceFixture.Ns)).Counts.ByState[MemoryState.Merged].ShouldBe(4);
        (await f.Store.HealthAsync()).Damage.ShouldBeNull();
        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Merged.ShouldBe(6);
    }

    [Fact]
    public async Task RunAsync_reports_each_stage_in_order()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("One rule holds");
        var stages = new List<string>();
        await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns), new Recorder(p => stages.Add(p.Stage)));

        stages.Distinct().ShouldBe(["scan", "deduplicate", "merge", "resolve contradictions", "confidence", "archive", "verify", "report"]);
    }

    [Fact]
    public async Task RunAsync_store_and_recall_keep_working_meanwhile()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 30; i++)
        {
            await f.StoreAsync($"The rule {i} holds");
            await f.StoreAsync($"the (rule) {i} holds");
        }

        var stored = new List<StoredMemory>();
        var progress = new Recorder(p =>
        {
            if (p.Stage == "merge")
            {
                stored.Add(f.StoreAsync($"Stored meanwhile, number {stored.Count}").GetAwaiter().GetResult());
                f.RecallAsync("meanwhile").GetAwaiter().GetResult().Length.ShouldBe(stored.Count);
            }
        });
        await f.Consolidator.RunAsync(new ConsolidationRequest(ServiceFixture.Ns), progress);

        stored.Count.ShouldBeGreaterThan(10);
        (await f.RecallAsync("meanwhile")).Length.ShouldBe(stored.Count);
    }

    internal sealed class Recorder(Action<StageProgress> action) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => action(value);
    }
}
