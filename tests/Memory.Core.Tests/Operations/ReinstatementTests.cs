using Memory.Core.Memories;
using Memory.Core.Operations;

namespace Memory.Core.Tests.Operations;

/// <summary>What becomes of other statements when the one is forgotten by which consolidation judged them.</summary>
public sealed class ReinstatementTests
{
    private static readonly Namespace Ns = ServiceFixture.Ns;

    [Fact]
    public async Task Forgetting_what_superseded_another_statement_leaves_that_as_it_was_and_nothing_of_the_forgotten()
    {
        await using var f = new ServiceFixture();
        var (old, winner, before) = await SupersededAsync(f);
        (await f.Memories.ForgetPreviewAsync(Ns, "03:30")).Value!.EarlierVersions.ShouldBeEmpty();

        var forgotten = (await f.Memories.ForgetAsync(Ns, [winner])).Value!;

        forgotten.Ids.ShouldBe([winner]);
        forgotten.Reinstated.ShouldBe([old]);
        (await f.RecallAsync("When does the nightly backup run?")).ShouldBe(["The nightly backup runs at 02:00."]);
        (await f.ShowAsync(old)).Lineage.ShouldBeEmpty();
        // What is left of the run is that its confidence was counted anew.
        (await f.Consolidator.UndoAsync(Ns, (await f.Memories.StatusAsync(Ns)).LastRun!.Id)).Value!.Refused.ShouldBeEmpty();
        (await f.DumpAsync()).ShouldContain(before);
        await NothingRemainsAsync(f, "03:30", "talk-of-her");
    }

    [Fact]
    public async Task Forgetting_what_superseded_another_statement_leaves_the_run_undoable()
    {
        await using var f = new ServiceFixture();
        await f.StoreAsync("the (rule) holds");
        await f.StoreAsync("The rule holds.");
        var (_, winner, _) = await SupersededAsync(f);
        var run = (await f.Memories.StatusAsync(Ns)).LastRun!.Id;
        await f.Memories.ForgetAsync(Ns, [winner]);

        (await f.Consolidator.UndoAsync(Ns, run)).Value!.Refused.ShouldBeEmpty();

        (await f.InStateAsync(MemoryState.Active)).ShouldBe(["the (rule) holds", "The rule holds.", "The nightly backup runs at 02:00."], ignoreOrder: true);
        (await f.ConsolidateAsync()).Counts.Superseded.ShouldBe(0);
    }

    [Fact]
    public async Task Forgetting_the_last_of_a_line_erases_its_versions_and_reinstates_what_one_of_them_superseded()
    {
        await using var f = new ServiceFixture();
        var (old, winner, _) = await SupersededAsync(f);
        var last = (await f.Memories.UpdateAsync(Ns, winner, new MemoryChange { Content = "The nightly backup runs at 03:45." })).Value!.Memory.Id;

        var forgotten = (await f.Memories.ForgetAsync(Ns, [last])).Value!;

        forgotten.Ids.ShouldBe([last, winner]);
        forgotten.Reinstated.ShouldBe([old]);
        (await f.ShowAsync(old)).Memory.ShouldSatisfyAllConditions(static m => m.State.ShouldBe(MemoryState.Active), static m => m.ValidUntil.ShouldBeNull());
    }

    [Fact]
    public async Task Forgetting_one_that_superseded_and_was_superseded_itself_reinstates_the_first_alone()
    {
        await using var f = new ServiceFixture();
        var (old, winner, _) = await SupersededAsync(f);
        f.Time.Advance(TimeSpan.FromDays(30));
        var last = (await f.StoreAsync("The nightly backup runs at 04:15.", source: "user", session: "c")).Memory.Id;
        await f.Memories.FeedbackAsync(Ns, last, new Feedback(true));
        await f.ConsolidateAsync();
        (await f.ShowAsync(winner)).Memory.State.ShouldBe(MemoryState.Superseded);

        var forgotten = (await f.Memories.ForgetAsync(Ns, [last])).Value!;

        forgotten.Ids.ShouldBe([last]);
        forgotten.Reinstated.ShouldBe([winner]);
        (await f.ShowAsync(old)).Memory.State.ShouldBe(MemoryState.Superseded);
    }

    [Fact]
    public async Task Forgetting_both_erases_both()
    {
        await using var f = new ServiceFixture();
        var (old, winner, _) = await SupersededAsync(f);

        var forgotten = (await f.Memories.ForgetAsync(Ns, [winner, old])).Value!;

        forgotten.Ids.ShouldBe([winner, old]);
        forgotten.Reinstated.ShouldBeEmpty();
        await NothingRemainsAsync(f, "02:00", "03:30", "talk-of-her");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forgetting_what_contradicted_another_statement_takes_its_voice_back(bool isUndone)
    {
        await using var f = new ServiceFixture();
        var one = (await f.StoreAsync("The nightly backup runs at 02:00.", source: "document:ops")).Memory.Id;
        var before = (await f.DumpAsync()).ShouldHaveSingleItem();
        var other = (await f.StoreAsync("The nightly backup runs at 03:30.", source: "document:runbook")).Memory.Id;
        var run = await f.ConsolidateAsync();
        run.Counts.Contested.ShouldBe(1);
        (await f.DumpAsync()).ShouldNotContain(before);
        if (isUndone)
        {
            (await f.Consolidator.UndoAsync(Ns, run.Run!.Value)).Value!.Refused.ShouldBeEmpty();
        }

        (await f.Memories.ForgetAsync(Ns, [other])).Value!.Reinstated.ShouldBeEmpty();

        (await f.DumpAsync()).ShouldContain(before);
        (await f.ShowAsync(one)).ContestedWith.ShouldBeEmpty();
        await NothingRemainsAsync(f, "03:30", "document:runbook");
    }

    // What was superseded, by what, and how it was before.
    private static async Task<(MemoryId Old, MemoryId Winner, string Before)> SupersededAsync(ServiceFixture f)
    {
        var old = (await f.StoreAsync("The nightly backup runs at 02:00.", source: "agent", session: "a")).Memory.Id;
        var before = (await f.DumpAsync()).Single(d => d.Contains(old.Value, StringComparison.Ordinal));
        f.Time.Advance(TimeSpan.FromDays(30));
        var winner = (await f.StoreAsync("The nightly backup runs at 03:30.", source: "user", session: "talk-of-her")).Memory.Id;
        (await f.ConsolidateAsync()).Counts.Superseded.ShouldBe(1);
        return (old, winner, before);
    }

    private static async Task NothingRemainsAsync(ServiceFixture f, params string[] words)
    {
        await f.Memories.DisposeAsync();
        await f.Store.DisposeAsync();
        foreach (var file in Directory.GetFiles(f.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            words.Where(w => bytes.Contains(w, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(file);
        }
    }
}
