using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Recall;

namespace Memory.Core.Tests.Consolidation;

/// <summary>The pipeline as a whole, judged by rules: what becomes of statements in other words, of changes and of contradictions.</summary>
public sealed class PipelineTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task RunAsync_the_same_words_in_other_forms_merge_with_lineage()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The team of Harbor uses pnpm for all web packages.", source: "user", session: "a");
        await f.StoreAsync("The team of Harbor is using pnpm for all of the web packages.", source: "document:ops", session: "b");

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(1);
        report.Changes.Single().ShouldStartWith("merged 1 into ");
        (await f.InStateAsync(MemoryState.Active)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_what_another_holds_is_merged_into_it_and_not_the_other_way()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Mara prefers small code reviews.", MemoryKind.Preference);
        await f.StoreAsync("Mara prefers small code reviews with the reason in the first sentence.", MemoryKind.Preference);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);

        (await f.InStateAsync(MemoryState.Active)).ShouldBe(["Mara prefers small code reviews with the reason in the first sentence."]);
    }

    [Fact]
    public async Task RunAsync_other_kind_or_namespace_is_never_merged()
    {
        await using var f = new ServiceFixture();
        Namespace.TryParse("other", out var other).ShouldBeTrue();
        await f.StoreAsync("Mara prefers small code reviews.", MemoryKind.Preference);
        await f.StoreAsync("Mara prefers small code reviews.", MemoryKind.Preference, ns: other);
        await f.StoreAsync("Mara prefers small (code) reviews.", MemoryKind.Note);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_a_change_closes_what_was_true_before_without_contradicting_it()
    {
        await using var f = new ServiceFixture();
        var old = await f.StoreAsync("Lena lives in Oslo.", source: "user");
        f.Time.Advance(TimeSpan.FromDays(40));
        var moved = await f.StoreAsync("Lena moved to Bergen.", source: "user", session: "later");

        var report = await f.ConsolidateAsync();

        report.Counts.Superseded.ShouldBe(1);
        report.Changes[0].ShouldStartWith($"superseded {old.Memory.Id} 'Lena lives in Oslo.' by {moved.Memory.Id}");
        var closed = await f.ShowAsync(old.Memory.Id);
        closed.Memory.State.ShouldBe(MemoryState.Superseded);
        closed.Memory.ValidUntil.ShouldBe(moved.Memory.CreatedAt);
        closed.Lineage.Single().To.ShouldBe(moved.Memory.Id);
        closed.Confidence.Terms.ShouldAllBe(static t => t.Evidence.Kind == EvidenceKind.Asserted);
        (await f.RecallAsync("Where does Lena live?")).ShouldBe(["Lena moved to Bergen."]);
    }

    [Fact]
    public async Task RunAsync_of_a_contradiction_the_newer_and_better_supported_wins_and_the_loser_hears_its_voices()
    {
        await using var f = new ServiceFixture();
        var old = await f.StoreAsync("The nightly backup runs at 02:00.", source: "agent", session: "a");
        f.Time.Advance(TimeSpan.FromDays(30));
        var recent = await f.StoreAsync("The nightly backup runs at 03:30.", source: "user", session: "b");

        (await f.ConsolidateAsync()).Counts.Superseded.ShouldBe(1);

        var lost = await f.ShowAsync(old.Memory.Id);
        lost.Memory.State.ShouldBe(MemoryState.Superseded);
        lost.Memory.Confidence.ShouldBe(lost.Confidence.Value, 1e-9);
        lost.Confidence.Terms.Single(static t => t.Evidence.Kind == EvidenceKind.Contradicted).Evidence.ShouldSatisfyAllConditions(
            static e => e.Source.ShouldBe("user"), static e => e.Session.ShouldBe("b"));
        (await f.ShowAsync(recent.Memory.Id)).Memory.State.ShouldBe(MemoryState.Active);
    }

    [Fact]
    public async Task RunAsync_of_a_near_tie_both_stay_contested_and_recall_names_the_conflict()
    {
        await using var f = new ServiceFixture();
        var one = await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops");
        var other = await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook");

        var report = await f.ConsolidateAsync();

        report.Counts.Contested.ShouldBe(1);
        report.Contested.Single().ShouldContain(one.Memory.Id.Value);
        (await f.InStateAsync(MemoryState.Active)).Length.ShouldBe(2);
        var recalled = (await f.RecallAsync(new RecallRequest { Query = "When does the nightly backup run?" })).Memories;
        recalled.Single(m => m.Memory.Id == one.Memory.Id).ContestedWith.Single().Id.ShouldBe(other.Memory.Id);
        recalled.Single(m => m.Memory.Id == other.Memory.Id).ContestedWith.Single().Id.ShouldBe(one.Memory.Id);
        (await f.ShowAsync(one.Memory.Id)).Memory.Confidence.ShouldBe(0.5, 1e-6);
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
        (await f.Memories.StatusAsync(Ns)).Contested.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_what_is_hedged_counts_half_against_what_was_said_plainly()
    {
        await using var f = new ServiceFixture();
        var plain = await f.StoreAsync("The nightly backup runs at 02:00.", source: "import:notes");
        var hedged = await f.StoreAsync("I think the nightly backup runs at 03:30.", source: "user");

        (await f.ConsolidateAsync()).Counts.Contested.ShouldBe(1);

        (await f.ShowAsync(plain.Memory.Id)).Memory.Confidence.ShouldBe(1 / (1 + Math.Exp(-(1.4 - 1.15))), 1e-6);
        (await f.ShowAsync(hedged.Memory.Id)).Memory.Confidence.ShouldBe(1 / (1 + Math.Exp(-(1.15 - 1.4))), 1e-6);
        (await f.ShowAsync(plain.Memory.Id)).Confidence.Terms.Single(static t => t.Weight < 0).Evidence.IsHedged.ShouldBeTrue();

        // Said plainly, it counts in full.
        await f.StoreAsync("The nightly backup runs at 03:30.", source: "user");
        await f.ConsolidateAsync();

        (await f.ShowAsync(plain.Memory.Id)).Confidence.Terms.Min(static t => t.Weight).ShouldBe(-2.3, 1e-9);
    }

    [Fact]
    public async Task RunAsync_incremental_after_a_run_has_nothing_to_look_at()
    {
        await using var f = new ServiceFixture();
        await RunUndoTests.StoreMixAsync(f);
        f.Time.Advance(TimeSpan.FromDays(200));
        await f.ConsolidateAsync(RunScope.Incremental);

        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.IsEmpty.ShouldBeTrue();

        var run = await f.Store.ReadAsync(Ns, static r => (Seen: r.LastCompletedRun()!.SeenSequence, Last: r.LastSequence()));
        run.Seen.ShouldBe(run.Last);
    }

    [Fact]
    public async Task RunAsync_incremental_sees_what_was_stored_while_the_last_run_was_at_work()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var progress = new ConsolidatorTests.Recorder(p =>
        {
            if (p is { Stage: "confidence", Done: 0, Total: 0 })
            {
                f.StoreAsync("\"The rule\" holds").GetAwaiter().GetResult();
            }
        });
        await f.Consolidator.RunAsync(new ConsolidationRequest(Ns), progress);

        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Merged.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_changes_the_state_of_no_more_than_the_allowed_share_unless_forced()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 60; i++)
        {
            await f.StoreAsync($"Visitor {i * 7} waited at gate {i}", MemoryKind.Note);
        }

        f.Time.Advance(TimeSpan.FromDays(400));

        var planned = await f.ConsolidateAsync(dryRun: true);
        planned.Counts.Archived.ShouldBe(20);
        var report = await f.ConsolidateAsync();
        report.Counts.Archived.ShouldBe(20);
        report.RolledBack.Single().ShouldStartWith("40 more memories would have changed state: of 60 active ones 20 may in one run");
        report.RolledBack.Single().ShouldContain("force");

        var forced = await f.ConsolidateAsync(new ConsolidationRequest(Ns, RunScope.Full) { Force = true });
        forced.RolledBack.ShouldBeEmpty();
        (await f.InStateAsync(MemoryState.Archived)).Length.ShouldBe(60);
    }

    [Fact]
    public async Task RunAsync_more_than_a_thousand_copies_of_one_statement_become_one()
    {
        await using var f = new ServiceFixture();
        var copies = Enumerable.Range(0, 1200).Select(static i => new NewMemory { Content = Copy(i), Session = $"s{i}" }).ToArray();
        await f.Store.WriteAsync(Ns, writer =>
        {
            var storing = new StoreOperation(Core.Confidence.ConfidenceOptions.Default, new Random(5), Core.Embeddings.EmbeddingSource.None);
            return copies.Select(c => storing.Insert(writer, c, null, f.Time.GetUtcNow())).ToArray().Length;
        });

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(1199);
        var kept = (await f.InStateAsync(MemoryState.Active)).ShouldHaveSingleItem();
        kept.ShouldBe("The rule holds.");

        static string Copy(int i) => i == 700 ? "The rule holds." : "the rule (holds)";
    }

    [Fact]
    public async Task RunAsync_one_long_memory_among_many_short_ones_takes_nothing_in_that_it_does_not_say()
    {
        await using var f = new ServiceFixture();
        var words = string.Join(' ', Enumerable.Range(0, 4000).Select(static i => $"item{i}"));
        await f.StoreAsync($"The list of parts: {words[..20_000]}");
        for (var i = 0; i < 200; i++)
        {
            await f.StoreAsync($"Shelf {i} holds item{i} of team {i % 7}.");
        }

        var report = await f.ConsolidateAsync();

        report.Counts.Merged.ShouldBe(0);
        (await f.InStateAsync(MemoryState.Active)).Length.ShouldBe(201);
    }

    [Theory]
    [InlineData("会議は九時に始まります。", "会議は十時に始まります。")]
    [InlineData("Марина любит чай по утрам.", "Марина любит кофе по утрам.")]
    [InlineData("Der Zug fährt um acht Uhr ab.", "Der Zug fährt um neun Uhr ab.")]
    [InlineData("يعيش أحمد في القاهرة.", "يعيش أحمد في دبي.")]
    public async Task RunAsync_other_languages_are_never_falsely_merged(string one, string other)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(one);
        f.Time.Advance(TimeSpan.FromDays(9));
        await f.StoreAsync(other);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_after_the_clock_was_set_back_completes_and_changes_nothing_twice()
    {
        await using var f = new ServiceFixture();
        await RunUndoTests.StoreMixAsync(f);
        f.Time.AdjustTime(f.Time.GetUtcNow().AddDays(-100));

        (await f.ConsolidateAsync()).State.ShouldBe(RunState.Completed);
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_waits_for_another_consolidation_when_asked_to()
    {
        await using var f = new ServiceFixture();
        await using var other = f.AnotherStore();
        await other.AcquireLeaseAsync(Consolidator.LeaseName(Ns), "elsewhere/1/1/x", TimeSpan.FromMinutes(1));

        var waiting = f.Consolidator.RunAsync(new ConsolidationRequest(Ns) { Wait = TimeSpan.FromMinutes(5) });
        waiting.IsCompleted.ShouldBeFalse();
        while (!waiting.IsCompleted)
        {
            // Nobody extends that lease: after a minute it is over.
            f.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await waiting).Value!.State.ShouldBe(RunState.Completed);
        (f.Time.GetUtcNow() - ServiceFixture.Start).ShouldBeGreaterThan(TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task DigestAsync_tells_of_the_last_night_as_the_memories_are_now()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        f.Time.Advance(TimeSpan.FromDays(1));
        (await f.Consolidator.RunNightAsync(f.Time.GetUtcNow())).Value!.Single().Counts.Merged.ShouldBe(1);
        f.Time.Advance(TimeSpan.FromHours(1));
        await f.ConsolidateAsync();

        var digest = await f.Consolidator.DigestAsync(Ns);

        digest.Run!.Cause.ShouldBe(RunCause.Schedule);
        digest.Changes.Single().ShouldContain("'The rule holds.'");
        digest.Run.Outcome!.Stages.Count.ShouldBe(8);

        await f.Memories.ForgetAsync(Ns, [(await f.RecallAsync(new RecallRequest { Query = "rule" })).Memories[0].Memory.Id]);
        string.Concat((await f.Consolidator.DigestAsync(Ns)).Changes).ShouldNotContain("rule");
    }

    [Theory]
    [InlineData("Lives in Oslo.", "Moved to Bergen.")]
    [InlineData("I live in Oslo.", "I moved to Bergen.")]
    public async Task RunAsync_a_change_closes_what_names_nobody(string before, string after)
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync(before, source: "user");
        f.Time.Advance(TimeSpan.FromDays(40));
        await f.StoreAsync(after, source: "user", session: "later");

        (await f.ConsolidateAsync()).Counts.Superseded.ShouldBe(1);

        (await f.InStateAsync(MemoryState.Active)).ShouldBe([after]);
    }

    [Fact]
    public async Task RunAsync_judges_more_than_six_sentences_one_by_one()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Ana lives in Oslo. Bo works at Acme. Cleo sings in a choir. Dan plays chess on Mondays. Eve bakes bread. Finn repairs bikes. Gus teaches physics.");
        await f.StoreAsync("Ana works at Acme.");

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_more_wordings_than_one_run_may_merge_become_one_in_several_runs()
    {
        await using var f = new ServiceFixture();
        string[] ends = ["a", "the", "an", "of the", "of a", "is", "are"];
        for (var i = 0; i < 30; i++)
        {
            await f.StoreAsync($"{ends[i % 7]} team of Harbor {(i % 2 == 0 ? "uses" : "is using")} pnpm for {ends[i / 7]} web packages", session: $"s{i}");
        }

        for (var run = 0; run < 4; run++)
        {
            await f.ConsolidateAsync();
        }

        (await f.InStateAsync(MemoryState.Active)).Length.ShouldBe(1);
    }
}
