using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Consolidation;

/// <summary>What is learned from what somebody undid or said of a pair.</summary>
public sealed class PairFeedbackTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task RunAsync_a_contested_pair_is_decided_once_one_side_is_confirmed()
    {
        await using var f = new ServiceFixture();
        var one = await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops");
        var other = await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook");
        await f.ConsolidateAsync();
        await f.Memories.FeedbackAsync(Ns, other.Memory.Id, new Feedback(true));

        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Superseded.ShouldBe(1);

        (await f.ShowAsync(one.Memory.Id)).Memory.State.ShouldBe(MemoryState.Superseded);
        (await f.ShowAsync(other.Memory.Id)).ContestedWith.ShouldBeEmpty();
    }

    [Fact]
    public async Task UndoAsync_of_superseded_and_contested_puts_state_evidence_links_and_marks_back_and_is_not_done_again()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("Lena lives in Oslo.", source: "user");
        await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops");
        await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook");
        f.Time.Advance(TimeSpan.FromDays(1));
        await f.StoreAsync("Lena moved to Bergen.", source: "user");
        var before = await f.DumpAsync();
        var report = await f.ConsolidateAsync();
        (report.Counts.Superseded, report.Counts.Contested).ShouldBe((1, 1));
        f.Time.Advance(TimeSpan.FromMinutes(5));

        (await f.Consolidator.UndoAsync(Ns, report.Run!.Value)).Value!.Refused.ShouldBeEmpty();

        (await f.DumpAsync()).ShouldBe(before);
        (await f.Memories.StatusAsync(Ns)).Contested.ShouldBe(0);
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
        (await f.Memories.StatusAsync(Ns)).Corrections[PairMarkKind.NotContradiction].ShouldBe(1);
    }

    [Fact]
    public async Task UndoAsync_of_a_merge_is_remembered_and_moves_the_threshold()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var run = (await f.ConsolidateAsync()).Run!.Value;
        await f.Consolidator.UndoAsync(Ns, run);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);

        var corrections = (await f.Memories.StatusAsync(Ns)).Corrections;
        corrections[PairMarkKind.NotDuplicate].ShouldBe(1);
        ThresholdShift.Of(corrections, ConsolidationOptions.Default).Duplicate.ShouldBe(0.02, 1e-9);
    }

    [Fact]
    public async Task UndoAsync_of_a_merge_holds_for_twins_and_for_what_took_one_of_them_in()
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("Use x-y for the rule.")).Memory.Id;
        await f.StoreAsync("Use (x-y) for the rule.");
        await f.Consolidator.UndoAsync(Ns, (await f.ConsolidateAsync()).Run!.Value);
        var twin = (await f.StoreAsync("Use x-y for rule.")).Memory.Id;
        var otherwise = (await f.StoreAsync("For the rule, apply x-y.")).Memory.Id;
        await f.Memories.FeedbackOnPairAsync(Ns, one, otherwise, PairMarkKind.Duplicate);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);

        (await f.ShowAsync(twin)).Memory.State.ShouldBe(MemoryState.Active);
    }

    [Fact]
    public async Task FeedbackOnPairAsync_that_they_are_not_the_same_holds_in_a_cluster_that_a_third_joins()
    {
        await using var f = new ServiceFixture();
        MemoryId[] ids = [(await f.StoreAsync("Tea at four.")).Memory.Id, (await f.StoreAsync("Four: tea.")).Memory.Id, (await f.StoreAsync("At four there is tea for all.")).Memory.Id];
        await f.Memories.FeedbackOnPairAsync(Ns, ids[0], ids[1], PairMarkKind.NotDuplicate);
        await f.Memories.FeedbackOnPairAsync(Ns, ids[0], ids[2], PairMarkKind.Duplicate);
        await f.Memories.FeedbackOnPairAsync(Ns, ids[1], ids[2], PairMarkKind.Duplicate);

        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);
        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);
    }

    [Fact]
    public async Task FeedbackOnPairAsync_that_they_are_not_the_same_leaves_what_was_said_of_their_contradiction()
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops")).Memory.Id;
        var other = (await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook")).Memory.Id;
        await f.Memories.FeedbackOnPairAsync(Ns, one, other, PairMarkKind.NotContradiction);
        await f.Memories.FeedbackOnPairAsync(Ns, one, other, PairMarkKind.NotDuplicate);

        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task FeedbackOnPairAsync_is_kept_to_both_ways()
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The rule holds.")).Memory.Id;
        var other = (await f.StoreAsync("the (rule) holds")).Memory.Id;
        (await f.Memories.FeedbackOnPairAsync(Ns, one, other, PairMarkKind.NotDuplicate)).Succeeded.ShouldBeTrue();
        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(0);

        (await f.Memories.FeedbackOnPairAsync(Ns, other, one, PairMarkKind.Duplicate)).Succeeded.ShouldBeTrue();
        (await f.ConsolidateAsync(RunScope.Incremental)).Counts.Merged.ShouldBe(1);
    }

    [Fact]
    public async Task FeedbackOnPairAsync_that_both_can_be_true_ends_the_contest_and_gives_the_confidence_back()
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops")).Memory;
        var other = (await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook")).Memory;
        (await f.ConsolidateAsync()).Counts.Contested.ShouldBe(1);

        await f.Memories.FeedbackOnPairAsync(Ns, one.Id, other.Id, PairMarkKind.NotContradiction);

        (await f.ShowAsync(one.Id)).Memory.Confidence.ShouldBe(one.Confidence, 1e-9);
        (await f.ShowAsync(other.Id)).ContestedWith.ShouldBeEmpty();
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(PairMarkKind.Contested)]
    [InlineData(PairMarkKind.Duplicate)]
    public async Task FeedbackOnPairAsync_of_what_cannot_be_said_is_refused(PairMarkKind verdict)
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The rule holds.")).Memory.Id;

        (await f.Memories.FeedbackOnPairAsync(Ns, one, one, verdict)).Problem!.Code.ShouldBe(ProblemCode.Invalid);
        MemoryId.TryParse("zzzzzzzzzzzz", out var unknown).ShouldBeTrue();
        (await f.Memories.FeedbackOnPairAsync(Ns, one, unknown, PairMarkKind.Duplicate)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
    }
}
