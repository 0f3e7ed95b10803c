using Memory.Core.Consolidation;
using Memory.Core.Memories;

namespace Memory.Core.Tests.Consolidation.Contradictions;

/// <summary>What becomes of a memory of several sentences of which one is superseded, and of what was merged into it.</summary>
public sealed class DivisionTests
{
    private const string Home = "Lena lives in Oslo.";
    private const string Both = "Lena lives in Oslo. Lena plays the cello.";
    private const string Rest = "Lena plays the cello.";
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task RunAsync_of_several_sentences_only_the_contradicted_one_goes_and_who_said_that_alone_goes_with_it()
    {
        await using var f = await MovedAsync();

        var report = await f.ConsolidateAsync();

        (report.Counts.Merged, report.Counts.Superseded).ShouldBe((1, 1));
        (await f.InStateAsync(MemoryState.Active)).ShouldBe([Rest, "Lena moved to Bergen."], ignoreOrder: true);
        (await f.InStateAsync(MemoryState.Superseded)).ShouldBe([Home]);
        var left = await OnlyAsync(f, Rest);
        // The user spoke of Oslo alone: only the notes speak for the cello.
        left.Confidence.Terms.Select(static t => t.Evidence.Source).Distinct().ShouldBe(["document:notes"]);
        left.Memory.Confidence.ShouldBe(left.Confidence.Value, 1e-6);
    }

    [Fact]
    public async Task RunAsync_what_was_superseded_with_a_sentence_is_no_wording_of_what_is_left()
    {
        await using var f = await MovedAsync();
        await f.ConsolidateAsync();
        await f.Memories.NoteMentionsAsync();

        (await f.RecallAsync("Oslo")).ShouldNotContain(Rest);
    }

    [Fact]
    public async Task UndoAsync_of_a_division_puts_back_what_was_merged_before_and_it_is_not_done_again()
    {
        await using var f = await MovedAsync();
        var before = await f.DumpAsync();
        var run = (await f.ConsolidateAsync()).Run!.Value;
        f.Time.Advance(TimeSpan.FromMinutes(5));

        (await f.Consolidator.UndoAsync(Ns, run)).Value!.Refused.ShouldBeEmpty();

        // Of what the run made the name is left, and nothing else.
        (await f.DumpAsync()).Where(static m => !m.Contains("State = Forgotten", StringComparison.Ordinal)).ShouldBe(before);
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
        (await f.Memories.StatusAsync(Ns)).Corrections.ContainsKey(PairMarkKind.NotDuplicate).ShouldBeFalse();
    }

    [Fact]
    public async Task UndoAsync_refuses_once_a_later_run_merged_another_into_what_the_run_made()
    {
        await using var f = await MovedAsync();
        var run = (await f.ConsolidateAsync()).Run!.Value;
        await f.StoreAsync("lena plays the (cello)", source: "user", session: "d");
        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);

        var report = (await f.Consolidator.UndoAsync(Ns, run)).Value!;

        report.Refused.ShouldHaveSingleItem().ShouldContain("was merged into");
        (await f.InStateAsync(MemoryState.Active)).Count(static t => t.Contains("cello", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task ForgetAsync_of_what_superseded_a_sentence_lets_who_said_it_alone_speak_again()
    {
        await using var f = await MovedAsync();
        await f.ConsolidateAsync();

        await f.Memories.ForgetAsync(Ns, [(await OnlyAsync(f, "Lena moved to Bergen.")).Memory.Id]);

        (await f.InStateAsync(MemoryState.Active)).ShouldBe([Home, Rest], ignoreOrder: true);
        (await OnlyAsync(f, Home)).Confidence.Terms.Single().Evidence.Source.ShouldBe("user");
        (await OnlyAsync(f, Rest)).Confidence.Terms.Single().Evidence.Source.ShouldBe("document:notes");
    }

    [Fact]
    public async Task ForgetAsync_of_what_is_left_erases_the_whole_that_it_came_from_and_not_who_said_the_other_sentence()
    {
        await using var f = await MovedAsync();
        await f.ConsolidateAsync();

        await f.Memories.ForgetAsync(Ns, [(await OnlyAsync(f, Rest)).Memory.Id]);

        (await f.InStateAsync(MemoryState.Merged)).ShouldBeEmpty();
        (await f.InStateAsync(MemoryState.Superseded)).ShouldBe([Home]);
    }

    [Fact]
    public async Task Plan_of_a_division_leaves_what_a_run_leaves()
    {
        await using var f = await MovedAsync();
        var planned = await f.ConsolidateAsync(dryRun: true);

        var done = await f.ConsolidateAsync(new ConsolidationRequest(Ns) { Plan = planned.Plan });

        done.Refused.ShouldBeEmpty();
        done.Counts.ShouldBe(planned.Counts);
        (await f.InStateAsync(MemoryState.Superseded)).ShouldBe([Home]);
        (await f.ConsolidateAsync()).Counts.IsEmpty.ShouldBeTrue();
    }

    // 'Lives in Oslo' was merged into what says that and more, and then she moved.
    private static async Task<ServiceFixture> MovedAsync()
    {
        var f = new ServiceFixture();
        await f.StoreAsync(Home, source: "user", session: "a");
        await f.StoreAsync(Both, source: "document:notes", session: "b");
        (await f.ConsolidateAsync()).Counts.Merged.ShouldBe(1);
        f.Time.Advance(TimeSpan.FromDays(30));
        await f.StoreAsync("Lena moved to Bergen.", source: "user", session: "c");
        return f;
    }

    private static async Task<Core.Recall.MemoryDetails> OnlyAsync(ServiceFixture f, string content) =>
        await f.ShowAsync((await f.Store.ReadAsync(Ns, r => r.WithSameText(content))).Single(static m => m.State == MemoryState.Active).Id);
}
