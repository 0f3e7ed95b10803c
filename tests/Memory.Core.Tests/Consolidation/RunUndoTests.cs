using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Consolidation;

public sealed class RunUndoTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task UndoAsync_puts_everything_back_exactly()
    {
        await using var f = new ServiceFixture();
        await StoreMixAsync(f);
        f.Time.Advance(TimeSpan.FromDays(400));
        var before = await f.DumpAsync();
        var run = (await f.ConsolidateAsync()).Run!.Value;
        (await f.DumpAsync()).ShouldNotBe(before);
        f.Time.Advance(TimeSpan.FromHours(1));

        var report = (await f.Consolidator.UndoAsync(Ns, run)).Value!;

        report.Refused.ShouldBeEmpty();
        (await f.DumpAsync()).ShouldBe(before);
        (await f.Memories.StatusAsync(Ns)).LastRun!.State.ShouldBe(RunState.Undone);
    }

    [Fact]
    public async Task UndoAsync_after_a_later_edit_refuses_that_unit_with_the_reason_and_overwrites_nothing()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.", tags: ["a"]);
        await f.StoreAsync("the (rule) holds", tags: ["b"]);
        var other = await f.StoreAsync("The law holds.");
        await f.StoreAsync("the (law) holds");
        var run = (await f.ConsolidateAsync()).Run!.Value;
        var kept = (await f.RecallAsync(new Core.Recall.RecallRequest { Query = "rule" })).Memories[0].Memory;
        await f.Memories.UpdateAsync(Ns, kept.Id, new MemoryChange { Tags = ["edited"] });

        var report = (await f.Consolidator.UndoAsync(Ns, run)).Value!;

        report.Refused.Single().ShouldContain(kept.Id.Value);
        report.Refused.Single().ShouldContain("tags");
        (await f.ShowAsync(kept.Id)).Memory.Tags.ShouldBe(["edited"]);
        (await f.RecallAsync("law")).Count(static t => t.Contains("law", StringComparison.Ordinal)).ShouldBe(2);
        (await f.RecallAsync("rule")).Count(static t => t.Contains("rule", StringComparison.Ordinal)).ShouldBe(1);
        report.Restored.ShouldBe(2);
        var shown = (await f.Memories.StatusAsync(Ns)).LastRun!;
        (shown.State, shown.UndoneUnits).ShouldBe((RunState.Completed, 1));
        (await f.ShowAsync(other.Memory.Id)).Memory.State.ShouldBe(MemoryState.Active);
    }

    [Fact]
    public async Task UndoAsync_after_the_kept_memory_was_replaced_refuses()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var first = (await f.ConsolidateAsync()).Run!.Value;
        var kept = (await f.RecallAsync(new Core.Recall.RecallRequest { Query = "rule" })).Memories.Single().Memory;
        await f.Memories.UpdateAsync(Ns, kept.Id, new MemoryChange { Content = "No rule is left." });
        var after = await f.DumpAsync();

        (await f.Consolidator.UndoAsync(Ns, first)).Value!.Refused.ShouldNotBeEmpty();

        (await f.DumpAsync()).ShouldBe(after);
    }

    [Fact]
    public async Task UndoAsync_after_later_feedback_puts_the_merge_back_and_keeps_the_feedback()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var run = (await f.ConsolidateAsync()).Run!.Value;
        var kept = (await f.RecallAsync(new Core.Recall.RecallRequest { Query = "rule" })).Memories.Single().Memory;
        await f.Memories.FeedbackAsync(Ns, kept.Id, new Feedback(true, "user"));

        (await f.Consolidator.UndoAsync(Ns, run)).Value!.Refused.ShouldBeEmpty();

        (await f.RecallAsync("rule")).Length.ShouldBe(2);
        var confirmed = await f.ShowAsync(kept.Id);
        confirmed.Confidence.Terms.Select(static t => t.Evidence.Kind).ShouldBe([EvidenceKind.Asserted, EvidenceKind.Confirmed]);
        confirmed.Memory.Confidence.ShouldBe(confirmed.Confidence.Value, 1e-6);
    }

    [Fact]
    public async Task UndoAsync_unknown_run_undone_run_and_run_of_another_namespace_are_refused()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("The rule holds.");
        await f.StoreAsync("the (rule) holds");
        var run = (await f.ConsolidateAsync()).Run!.Value;
        Namespace.TryParse("other", out var other).ShouldBeTrue();

        (await f.Consolidator.UndoAsync(other, run)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        RunId.TryParse("20200101-000000-abcdx7", out var unknown).ShouldBeTrue();
        (await f.Consolidator.UndoAsync(Ns, unknown)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
        (await f.Consolidator.UndoAsync(Ns, run)).Succeeded.ShouldBeTrue();
        (await f.Consolidator.UndoAsync(Ns, run)).Problem!.Code.ShouldBe(ProblemCode.Conflict);
    }

    [Fact]
    public async Task UndoAsync_of_two_runs_in_reverse_order_puts_everything_back()
    {
        await using var f = new ServiceFixture();
        await StoreMixAsync(f);
        var before = await f.DumpAsync();
        var first = (await f.ConsolidateAsync()).Run!.Value;
        f.Time.Advance(TimeSpan.FromDays(400));
        var second = (await f.ConsolidateAsync()).Run!.Value;

        (await f.Consolidator.UndoAsync(Ns, second)).Value!.Refused.ShouldBeEmpty();
        (await f.Consolidator.UndoAsync(Ns, first)).Value!.Refused.ShouldBeEmpty();

        (await f.DumpAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task UndoAsync_of_what_a_later_run_did_again_names_the_later_run()
    {
        await using var f = new ServiceFixture();
        var note = (await f.StoreAsync("The lift was loud today", MemoryKind.Note)).Memory.Id;
        f.Time.Advance(TimeSpan.FromDays(400));
        var first = (await f.ConsolidateAsync()).Run!.Value;
        await f.StoreAsync("The lift was loud today", MemoryKind.Note);
        f.Time.Advance(TimeSpan.FromDays(400));
        var second = (await f.ConsolidateAsync()).Run!.Value;
        (await f.ShowAsync(note)).Memory.State.ShouldBe(MemoryState.Archived);

        (await f.Consolidator.UndoAsync(Ns, first)).Value!.Refused.Single(r => r.Contains("undo that one first")).ShouldContain(second.Value);
        (await f.ShowAsync(note)).Memory.State.ShouldBe(MemoryState.Archived);

        (await f.Consolidator.UndoAsync(Ns, second)).Value!.Refused.ShouldBeEmpty();
        (await f.ShowAsync(note)).Memory.State.ShouldBe(MemoryState.Active);
        (await f.Consolidator.UndoAsync(Ns, first)).Value!.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task UndoAsync_of_memories_archived_in_one_transaction_refuses_those_that_changed_since_and_puts_all_others_back()
    {
        await using var f = new ServiceFixture();
        for (var i = 0; i < 60; i++)
        {
            await f.StoreAsync($"Visitor {i * 7} waited at gate {i}", MemoryKind.Note);
        }

        f.Time.Advance(TimeSpan.FromDays(400));
        var before = await f.DumpAsync();
        var run = (await f.ConsolidateAsync(new ConsolidationRequest(Ns, RunScope.Full) { Force = true })).Run!.Value;
        var archived = await f.Store.ReadAsync(Ns, static r => r.ChangedAfter(0, int.MaxValue).Where(static m => m.State == MemoryState.Archived).Select(static m => m.Id).ToArray());
        archived.Length.ShouldBe(60);
        await f.Memories.ForgetAsync(Ns, [archived[3]]);
        await f.Memories.UpdateAsync(Ns, archived[7], new MemoryChange { Content = "A cellar was dug" });

        var report = (await f.Consolidator.UndoAsync(Ns, run)).Value!;

        report.Restored.ShouldBe(58);
        report.Refused.ShouldBe([$"{archived[7]} is superseded since; the run had left it archived", $"{archived[3]} was forgotten since"], ignoreOrder: true);
        (await f.InStateAsync(MemoryState.Archived)).ShouldBeEmpty();
        MemoryId[] changed = [archived[3], archived[7]];
        var after = await f.DumpAsync();
        Others(before).ShouldBeSubsetOf(after);
        Others(before).Length.ShouldBe(58);
        var again = (await f.Consolidator.UndoAsync(Ns, run)).Value!;
        (again.Restored, again.Refused.Count).ShouldBe((0, 2));
        (await f.DumpAsync()).ShouldBe(after);

        string[] Others(string[] dump) => [.. dump.Where(line => !changed.Any(id => line.Contains(id.Value, StringComparison.Ordinal)))];
    }

    internal static async Task StoreMixAsync(ServiceFixture f)
    {
        for (var i = 0; i < 5; i++)
        {
            await f.StoreAsync($"The rule {i} holds.", MemoryKind.Note, tags: [$"t{i}"], importance: 0.1 * i);
            await f.StoreAsync($"the (rule) {i} holds", MemoryKind.Note, source: "user", tags: ["u"]);
            await f.StoreAsync($"\"the rule {i}\" holds", MemoryKind.Note, session: "s");
            await f.StoreAsync($"Nobody minds number {i}", MemoryKind.Note);
        }
    }
}
