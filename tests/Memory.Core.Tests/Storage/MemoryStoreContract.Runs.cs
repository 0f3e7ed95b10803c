using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Storage;

public abstract partial class MemoryStoreContract
{
    [Fact]
    public async Task SameStatementGroups_finds_groups_of_active_memories_of_which_one_changed()
    {
        var (a, b) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("The rule holds.")), w.Insert(Memory("the (rule) holds"))));
        await Store.WriteAsync(Mine, w => (w.Insert(Memory("Another one")), w.Insert(Memory("the \"rule\" holds") with { State = MemoryState.Archived })));

        (await Groups(0)).Single().ShouldBe([a.Id, b.Id], ignoreOrder: true);
        (await Groups(a.Sequence)).Single().ShouldBe([a.Id, b.Id], ignoreOrder: true);
        (await Groups(b.Sequence)).ShouldBeEmpty();

        Task<IReadOnlyList<IReadOnlyList<MemoryId>>> Groups(long after) => Store.ReadAsync(Mine, r => r.SameStatementGroups(after));
    }

    [Fact]
    public async Task Runs_and_journal_come_back_as_they_were_written()
    {
        var memory = await Store.WriteAsync(Mine, w => w.Insert(Memory("a")));
        var first = Run("20261124-120000-aaaax7") with { State = RunState.Running };
        var second = Run("20261124-130000-bbbbx7") with { StartedAt = At.AddHours(1), Counts = new(1, 2, 3) };
        var entry = new JournalEntry(second.Id, 1, memory.Id,
            new FieldValues { State = MemoryState.Active, Tags = ["a"], MergedInto = "", Confidence = 0.5, ConfidenceAt = At, Importance = 0.1 },
            new FieldValues { State = MemoryState.Merged, Tags = [], MergedInto = memory.Id.Value, Confidence = 0.25, ConfidenceAt = At.AddHours(1), Importance = 0.2 }, "why");
        await Store.WriteAsync(Mine, w =>
        {
            w.AddRun(first);
            w.AddRun(second);
            w.AddJournal(entry);
            return true;
        });

        var (runs, found, journal, last) = await Store.ReadAsync(Mine, r => (r.Runs(10), r.FindRun(first.Id), r.JournalOf(second.Id), r.LastCompletedRun()));
        runs.ShouldBe([second, first]);
        found.ShouldBe(first);
        last.ShouldBe(second);
        (await Store.ReadAsync(Mine, static r => r.Runs(1))).ShouldBe([second]);
        (await Store.ReadAsync(Mine, r => r.Runs(10, second.Id))).ShouldBe([first]);
        (await Store.ReadAsync(Mine, r => r.Runs(10, first.Id))).ShouldBeEmpty();
        var read = journal.Single();
        read.Before.Tags.ShouldBe(["a"]);
        read.After.Tags.ShouldBe([]);
        (read with { Before = read.Before with { Tags = entry.Before.Tags }, After = read.After with { Tags = entry.After.Tags } }).ShouldBe(entry);

        await Store.WriteAsync(Mine, static w =>
        {
            w.InterruptRunningRuns();
            return true;
        });
        (await Store.ReadAsync(Mine, r => r.FindRun(first.Id)))!.State.ShouldBe(RunState.Interrupted);
    }

    [Fact]
    public async Task MarkUndone_is_about_the_named_memories_of_the_unit_only()
    {
        var (one, other) = await Store.WriteAsync(Mine, w => (w.Insert(Memory("a")), w.Insert(Memory("b"))));
        var run = Run("20261124-120000-aaaax7");
        await Store.WriteAsync(Mine, w =>
        {
            w.AddRun(run);
            foreach (var (unit, memory) in new[] { (1, one.Id), (1, other.Id), (2, one.Id) })
            {
                w.AddJournal(new JournalEntry(run.Id, unit, memory, new FieldValues(), new FieldValues(), "why"));
            }

            w.MarkUndone(run.Id, 1, [one.Id]);
            return true;
        });

        (await Store.ReadAsync(Mine, r => r.JournalOf(run.Id))).Select(static e => e.IsUndone).ShouldBe([true, false, false]);
        (await Store.ReadAsync(Mine, r => r.FindRun(run.Id)))!.UndoneUnits.ShouldBe(1);
    }

    [Fact]
    public async Task Runs_of_a_process_that_is_gone_are_interrupted_and_not_at_work()
    {
        var here = ProcessIdentity.Current;
        var run = Run("20261124-120000-aaaax7") with { State = RunState.Running, Holder = $"{here}/x" };
        var gone = Run("20261124-130000-bbbbx7") with { State = RunState.Running, Holder = $"{here[..here.LastIndexOf('/')]}/0/x" };
        await Store.WriteAsync(Mine, w =>
        {
            w.AddRun(run);
            w.AddRun(gone);
            return true;
        });

        (await Store.ReadAsync(Mine, r => r.FindRun(run.Id)))!.State.ShouldBe(RunState.Running);
        (await Store.ReadAsync(Mine, r => r.FindRun(gone.Id)))!.State.ShouldBe(RunState.Interrupted);
    }

    [Fact]
    public async Task Lease_is_for_one_holder_until_it_is_given_back_or_expires()
    {
        await using var other = Open();
        var minute = TimeSpan.FromMinutes(1);
        (await Store.AcquireLeaseAsync("x", "one", minute)).Holder.ShouldBe("one");
        (await other.AcquireLeaseAsync("x", "two", minute)).ShouldBe(new Lease("x", "one", At, At + minute));
        (await other.AcquireLeaseAsync("y", "two", minute)).Holder.ShouldBe("two");

        Time.Advance(TimeSpan.FromSeconds(40));
        (await Store.AcquireLeaseAsync("x", "one", minute)).ExpiresAt.ShouldBe(At.AddSeconds(100));
        await other.ReleaseLeaseAsync("x", "two");
        Time.Advance(TimeSpan.FromSeconds(40));
        (await other.AcquireLeaseAsync("x", "two", minute)).Holder.ShouldBe("one");
        (await other.WriteAsync(Mine, static w => w.LeaseHolder("x"))).ShouldBe("one");

        Time.Advance(TimeSpan.FromSeconds(30));
        (await other.AcquireLeaseAsync("x", "two", minute)).Holder.ShouldBe("two");
        await other.ReleaseLeaseAsync("x", "two");
        (await Store.AcquireLeaseAsync("x", "one", minute)).Holder.ShouldBe("one");
    }

    [Fact]
    public async Task LastNight_begins_with_the_stores_creation_and_is_remembered()
    {
        (await Store.LastNightAsync()).ShouldBe(At);
        await Store.SetLastNightAsync(At.AddDays(1));
        await using var other = Open();
        (await other.LastNightAsync()).ShouldBe(At.AddDays(1));
    }
}
