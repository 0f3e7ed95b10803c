using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Callers;
using Memory.Server.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

public sealed class AuditLogTests : IAsyncDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 3, 0, 0, TimeSpan.Zero));
    private readonly CallerContext _callers = new(Namespace.Default);
    private readonly SqliteMemoryStore _store;

    public AuditLogTests() => _store = new SqliteMemoryStore(_folder.File("memory.db"), _time);

    [Fact(Timeout = 30_000)]
    public async Task NoteAsync_that_the_store_refuses_is_written_when_it_takes_lines_again()
    {
        var failing = new FailingOnce(_store);
        await using var audit = new AuditLog(failing, _callers, _time, Retention, NullLogger<AuditLog>.Instance);
        _callers.Enter(Caller.Owner, "10.0.0.1");
        await audit.NoteAsync("forget", "home", "id", null, atOnce: true);
        failing.Failures.ShouldBe(1);
        (await LinesAsync()).ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(6));
        while (await LinesAsync() is [])
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        (await LinesAsync()).ShouldBe(["forget home id ok"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task FlushAsync_while_lines_are_being_written_ends_when_they_are_on_disk()
    {
        var slow = new SlowOnce(_store);
        await using var audit = new AuditLog(slow, _callers, _time, Retention, NullLogger<AuditLog>.Instance);
        _callers.Enter(Caller.Owner, "10.0.0.1");
        await audit.NoteAsync("recall", "home", "id", null);
        _time.Advance(TimeSpan.FromSeconds(1));
        slow.IsWriting.ShouldBeTrue();

        var flushed = audit.FlushAsync();
        flushed.IsCompleted.ShouldBeFalse();
        slow.Go.SetResult();

        (await flushed.WaitAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await LinesAsync()).ShouldBe(["recall home id ok"]);
    }

    [Fact]
    public async Task A_night_is_noted_with_its_run()
    {
        await using var memories = new Core.MemoryService(_store, _time, new Random(1));
        await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "The mast is tall" }]);
        await using var audit = new AuditLog(_store, _callers, _time, Retention, NullLogger<AuditLog>.Instance);
        var job = Job(_store, audit);

        _time.Advance(TimeSpan.FromDays(1));
        await job.RunAsync(_time.GetUtcNow(), CancellationToken.None);

        var run = (await _store.ReadAsync(Namespace.Default, static r => r.Runs(10))).Single();
        (await LinesAsync()).ShouldBe([$"consolidate default {run.Id.Value} ok"]);
        (await _store.AuditAsync(new AuditQuery())).Single().Caller.ShouldBe(AuditLog.Schedule);
    }

    [Fact]
    public async Task A_night_that_fails_is_noted_with_what_was_done_before()
    {
        await using var memories = new Core.MemoryService(_store, _time, new Random(1));
        await memories.StoreAsync(Namespace.Default, [new NewMemory { Content = "The mast is tall" }]);
        _callers.Enter(Caller.Nobody with { Namespaces = NamespaceList.All, Scopes = Scopes.Read | Scopes.Consolidate }, null);
        // Who may not say that the night is done fails at the end of it.
        var walled = new WalledStore(_store, _callers, Quota.None, _time);
        _callers.Admit(Scopes.Consolidate, null).Succeeded.ShouldBeTrue();
        await using var audit = new AuditLog(_store, _callers, _time, Retention, NullLogger<AuditLog>.Instance);

        _time.Advance(TimeSpan.FromDays(1));
        await Job(walled, audit).RunAsync(_time.GetUtcNow(), CancellationToken.None);

        var run = (await _store.ReadAsync(Namespace.Default, static r => r.Runs(10))).Single();
        (await LinesAsync()).ShouldBe(["consolidate   forbidden", $"consolidate default {run.Id.Value} ok"]);
    }

    [Fact]
    public async Task A_night_removes_the_lines_whose_retention_has_passed()
    {
        await using var audit = new AuditLog(_store, _callers, _time, Retention, NullLogger<AuditLog>.Instance);
        await audit.NoteNightAsync("old", null);
        _time.Advance(Retention);
        await audit.NoteNightAsync("young", null);
        _time.Advance(TimeSpan.FromDays(1));

        await Job(_store, audit).RunAsync(_time.GetUtcNow(), CancellationToken.None);

        (await LinesAsync()).ShouldBe(["consolidate young  ok"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private NightlyJob Job(IMemoryStore store, AuditLog audit) => new(new Consolidator(store, _time, new Random(2)), _time, NullLogger<NightlyJob>.Instance, audit);

    private async Task<string[]> LinesAsync() => [.. (await _store.AuditAsync(new AuditQuery())).Select(static l => $"{l.Action} {l.Namespace} {l.Subject} {l.Result}")];

    private sealed class FailingOnce(IAccessStore inner) : AuditDouble(inner)
    {
        public int Failures { get; private set; }

        public override Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default) => Failures++ == 0
            ? throw new MemoryStoreException(new Problem(ProblemCode.StoreUnavailable, "Another process writes."))
            : base.AppendAuditAsync(entries, cancellationToken);
    }

    private sealed class SlowOnce(IAccessStore inner) : AuditDouble(inner)
    {
        public TaskCompletionSource Go { get; } = new();

        public bool IsWriting { get; private set; }

        public override async Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default)
        {
            IsWriting = true;
            await Go.Task;
            await base.AppendAuditAsync(entries, cancellationToken);
        }
    }

    private abstract class AuditDouble(IAccessStore inner) : IAccessStore
    {
        public virtual Task AppendAuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default) => inner.AppendAuditAsync(entries, cancellationToken);

        public Task<ApiKey?> FindKeyAsync(string id, CancellationToken cancellationToken = default) => inner.FindKeyAsync(id, cancellationToken);

        public Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken = default) => inner.KeysAsync(cancellationToken);

        public Task<bool> AddKeyAsync(ApiKey key, string? replaced, CancellationToken cancellationToken = default) => inner.AddKeyAsync(key, replaced, cancellationToken);

        public Task<bool> RevokeKeyAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) => inner.RevokeKeyAsync(id, at, cancellationToken);

        public Task<IReadOnlyList<AuditEntry>> AuditAsync(AuditQuery query, CancellationToken cancellationToken = default) => inner.AuditAsync(query, cancellationToken);

        public Task<int> RemoveAuditBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken = default) => inner.RemoveAuditBeforeAsync(before, cancellationToken);
    }
}
