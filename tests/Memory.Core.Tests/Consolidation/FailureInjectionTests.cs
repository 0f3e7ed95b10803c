using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Consolidation;

public sealed class FailureInjectionTests
{
    [Fact]
    public async Task RunAsync_failing_at_any_write_leaves_a_valid_store_that_the_next_run_finishes()
    {
        string[] expected;
        int writes;
        await using (var untouched = new ServiceFixture())
        {
            await PrepareAsync(untouched);
            await using var counting = new FailingStore(untouched.Store, failAt: int.MaxValue);
            await new Consolidator(counting, untouched.Time, new Random(3)).RunAsync(new ConsolidationRequest(ServiceFixture.Ns, RunScope.Full));
            writes = counting.Writes;
            expected = await StatesAsync(untouched);
        }

        writes.ShouldBeGreaterThan(8);
        for (var failAt = 1; failAt <= writes; failAt++)
        {
            await using var f = new ServiceFixture();
            await PrepareAsync(f);
            var contents = (await f.DumpAsync()).Length;
            await using (var failing = new FailingStore(f.Store, failAt))
            {
                await Should.ThrowAsync<MemoryStoreException>(() =>
                    new Consolidator(failing, f.Time, new Random(3)).RunAsync(new ConsolidationRequest(ServiceFixture.Ns, RunScope.Full)));
            }

            // The process that failed is gone, and its lease with it.
            f.Time.Advance(TimeSpan.FromMinutes(10));
            (await f.Store.HealthAsync()).Damage.ShouldBeNull();
            (await f.DumpAsync()).Length.ShouldBe(contents);
            (await f.ConsolidateAsync()).State.ShouldBe(RunState.Completed);

            (await StatesAsync(f)).ShouldBe(expected, $"after a failure at write {failAt}");
            (await f.ConsolidateAsync()).Counts.ShouldBe(new RunCounts(0, 0, 0));
        }
    }

    [Fact]
    public async Task RunAsync_stopped_by_a_full_disk_says_what_it_did_and_can_be_undone_at_once()
    {
        await using var f = new ServiceFixture();
        await PrepareAsync(f);
        var before = await f.DumpAsync();
        await using var failing = new FailingStore(f.Store, failAt: 4);

        var error = await Should.ThrowAsync<MemoryStoreException>(() =>
            new Consolidator(failing, f.Time, new Random(3)).RunAsync(new ConsolidationRequest(ServiceFixture.Ns, RunScope.Full)));

        var run = (await f.Memories.StatusAsync(ServiceFixture.Ns)).LastRun!;
        run.State.ShouldBe(RunState.Interrupted);
        run.Counts.Merged.ShouldBeGreaterThan(0);
        error.Problem.Message.ShouldStartWith($"Run {run.Id} stopped after {run.Counts.Merged} merged, 0 superseded");
        error.Problem.Message.ShouldEndWith("The step at which it stopped: no space");
        var undone = (await f.Consolidator.UndoAsync(ServiceFixture.Ns, run.Id)).Value!;
        undone.Refused.ShouldBeEmpty();
        (await f.DumpAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task RunAsync_of_a_plan_stopped_by_a_full_disk_names_it_and_goes_on_at_once()
    {
        await using var f = new ServiceFixture();
        await PrepareAsync(f);
        var plan = (await f.ConsolidateAsync(dryRun: true)).Plan;
        var request = new ConsolidationRequest(ServiceFixture.Ns) { Plan = plan };
        await using var failing = new FailingStore(f.Store, failAt: 3);

        var error = await Should.ThrowAsync<MemoryStoreException>(() => new Consolidator(failing, f.Time, new Random(3)).RunAsync(request));

        error.Problem.Message.ShouldStartWith($"Run {plan} stopped after ");
        (await f.ConsolidateAsync(request)).State.ShouldBe(RunState.Completed);
    }

    [Fact]
    public async Task UndoAsync_stopped_by_a_full_disk_says_how_much_it_put_back_and_goes_on_at_once()
    {
        await using var f = new ServiceFixture();
        await PrepareAsync(f);
        var before = await f.DumpAsync();
        var run = (await f.ConsolidateAsync()).Run!.Value;
        await using var failing = new FailingStore(f.Store, failAt: 2);

        var error = await Should.ThrowAsync<MemoryStoreException>(() => new Consolidator(failing, f.Time, new Random(3)).UndoAsync(ServiceFixture.Ns, run));

        error.Problem.Message.ShouldMatch($"^The undo of run {run} stopped after [1-9][0-9]* memories were put back; undo again to finish");
        (await f.Consolidator.UndoAsync(ServiceFixture.Ns, run)).Value!.Refused.ShouldBeEmpty();
        (await f.DumpAsync()).ShouldBe(before);
    }

    private static async Task PrepareAsync(ServiceFixture f)
    {
        await RunUndoTests.StoreMixAsync(f);
        f.Time.Advance(TimeSpan.FromDays(400));
    }

    // Ids are random; what matters is which words are in which state and where they went.
    private static Task<string[]> StatesAsync(ServiceFixture f) => f.Store.ReadAsync(ServiceFixture.Ns, static reader =>
    {
        var memories = reader.ChangedAfter(0, int.MaxValue);
        var byId = memories.ToDictionary(static m => m.Id);
        var links = reader.LinksOf([.. byId.Keys]);
        return memories
            .Select(m => $"{m.Content} {m.State} {string.Join(',', links.Where(l => l.From == m.Id).Select(l => byId[l.To].Content))}")
            .Order(StringComparer.Ordinal).ToArray();
    });

    /// <summary>A store of which one write fails, as on a full disk, and every one after it.</summary>
    private sealed class FailingStore(IMemoryStore inner, int failAt) : IMemoryStore
    {
        public int Writes { get; private set; }

        public Task<T> ReadAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default) => inner.ReadAsync(ns, read, cancellationToken);

        public Task<T> ReadBeforeWriteAsync<T>(Namespace ns, Func<IMemoryReader, T> read, CancellationToken cancellationToken = default) => inner.ReadBeforeWriteAsync(ns, read, cancellationToken);

        public Task<T> WriteAsync<T>(Namespace ns, Func<IMemoryWriter, T> write, CancellationToken cancellationToken = default) =>
            ++Writes >= failAt ? Task.FromException<T>(Full()) : inner.WriteAsync(ns, write, cancellationToken);

        public Task<IReadOnlyList<Namespace>> NamespacesAsync(CancellationToken cancellationToken = default) => inner.NamespacesAsync(cancellationToken);

        public Task<StoreHealth> HealthAsync(CancellationToken cancellationToken = default) => inner.HealthAsync(cancellationToken);

        public Task RequireReadyAsync(CancellationToken cancellationToken = default) => inner.RequireReadyAsync(cancellationToken);

        public Task<DateTimeOffset> LastNightAsync(CancellationToken cancellationToken = default) => inner.LastNightAsync(cancellationToken);

        public Task SetLastNightAsync(DateTimeOffset at, CancellationToken cancellationToken = default) => inner.SetLastNightAsync(at, cancellationToken);

        public Task<string?> PurgeAsync(CancellationToken cancellationToken = default) => inner.PurgeAsync(cancellationToken);

        public Task<bool> AddNewMentionsAsync(CancellationToken cancellationToken = default) => inner.AddNewMentionsAsync(cancellationToken);

    public Task<bool> AddMissingMentionsAsync(CancellationToken cancellationToken = default) => inner.AddMissingMentionsAsync(cancellationToken);

        public Task<string> BackupAsync(CancellationToken cancellationToken = default) => inner.BackupAsync(cancellationToken);

        public Task<Outcome<BackupReport>> BackupToAsync(string? path, bool overwrite = false, CancellationToken cancellationToken = default) => inner.BackupToAsync(path, overwrite, cancellationToken);

        public DateTimeOffset? LastBackupAt => inner.LastBackupAt;

        public Task<IReadOnlyList<Finding>> ExamineAsync(bool repair, CancellationToken cancellationToken = default) => inner.ExamineAsync(repair, cancellationToken);

        public Task<Lease> AcquireLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken = default) =>
            inner.AcquireLeaseAsync(name, holder, duration, cancellationToken);

        public Task<Lease?> FindLeaseAsync(string name, CancellationToken cancellationToken = default) => inner.FindLeaseAsync(name, cancellationToken);

        public Task ReleaseLeaseAsync(string name, string holder, CancellationToken cancellationToken = default) =>
            Writes >= failAt ? Task.FromException(Full()) : inner.ReleaseLeaseAsync(name, holder, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static MemoryStoreException Full() => new(new Problem(ProblemCode.StoreUnavailable, "no space"));
    }
}
