using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Callers;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Callers;

/// <summary>The wall itself, without any door: what is reached past every other check is refused here.</summary>
public sealed class WalledStoreTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly CallerContext _callers = new(Namespace.Default);
    private readonly Namespace _mine = Parse("mine");
    private readonly Namespace _theirs = Parse("theirs");
    private SqliteMemoryStore _file = null!;
    private WalledStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _file = new SqliteMemoryStore(_folder.File("memory.db"), TimeProvider.System);
        _store = new WalledStore(_file, _callers, new Quota(2, null), TimeProvider.System);
        await using var service = new MemoryService(_file, TimeProvider.System, new Random(1));
        await service.StoreAsync(_theirs, [new NewMemory { Content = "Theirs." }]);
        await service.StoreAsync(_mine, [new NewMemory { Content = "Mine." }]);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ReadAsync_of_another_namespace_or_without_the_scope_is_refused()
    {
        Enter("mine", Scopes.Read);
        (await _store.ReadAsync(_mine, static r => r.Usage().Memories)).ShouldBe(1);
        await ForbiddenAsync(() => _store.ReadAsync(_theirs, static r => r.Usage().Memories));

        Enter("mine", Scopes.Admin);
        await ForbiddenAsync(() => _store.ReadAsync(_mine, static r => r.Usage().Memories));
    }

    [Fact]
    public async Task WriteAsync_is_refused_unless_the_call_was_admitted_to_write_there()
    {
        Enter("mine", Scopes.Read | Scopes.Write);
        await ForbiddenAsync(() => _store.WriteAsync(_mine, static _ => true));

        _callers.Admit(Scopes.Write, "mine").Succeeded.ShouldBeTrue();
        (await _store.WriteAsync(_mine, static _ => true)).ShouldBeTrue();
        await ForbiddenAsync(() => _store.WriteAsync(_theirs, static _ => true));
        _callers.Admit(Scopes.Consolidate, "mine").Problem!.Code.ShouldBe(ProblemCode.Forbidden);
        _callers.Admit(Scopes.Write, "theirs").Problem!.Code.ShouldBe(ProblemCode.Forbidden);
    }

    [Fact]
    public async Task Everything_of_the_whole_store_is_refused_or_cut_to_what_the_caller_may_see()
    {
        Enter("mine", Scopes.Read | Scopes.Write);

        (await _store.NamespacesAsync()).ShouldBe([_mine]);
        (await _store.HealthAsync()).ShouldSatisfyAllConditions(static h => h.Location.ShouldBeEmpty(), static h => h.SizeBytes.ShouldBe(0));
        await ForbiddenAsync(() => _store.BackupAsync());
        await ForbiddenAsync(() => _store.AcquireLeaseAsync("any", "me", TimeSpan.FromSeconds(1)));
        await ForbiddenAsync(() => _store.FindLeaseAsync("any"));
        await ForbiddenAsync(async () => { await _store.SetLastNightAsync(default); return true; });
    }

    [Fact]
    public async Task Who_consolidates_elsewhere_and_since_when_is_told_to_an_administrator_alone()
    {
        await _file.AcquireLeaseAsync(Consolidator.LeaseName(_mine), "another-machine/4711/1", TimeSpan.FromMinutes(1));

        Enter("mine", Scopes.Read | Scopes.Consolidate);
        (await BusyAsync()).ShouldBe("Another consolidation of namespace 'mine' is at work. Try again when it is done.");
        Enter(NamespaceList.Every, Scopes.Read | Scopes.Consolidate | Scopes.Admin);
        (await BusyAsync()).ShouldStartWith("Another consolidation of namespace 'mine' is at work: process 4711 since ");

        async Task<string> BusyAsync()
        {
            _callers.Admit(Scopes.Consolidate, "mine").Succeeded.ShouldBeTrue();
            return (await new Consolidator(_store, TimeProvider.System, new Random(3)).RunAsync(new ConsolidationRequest(_mine))).Problem!.Message;
        }
    }

    [Fact]
    public async Task A_request_that_did_not_show_whose_it_is_may_do_nothing_and_the_process_itself_everything()
    {
        (await _store.NamespacesAsync()).Count.ShouldBe(2);
        (await _store.HealthAsync()).Location.ShouldNotBeEmpty();

        _callers.Enter(Caller.Nobody, "127.0.0.1");
        (await _store.NamespacesAsync()).ShouldBeEmpty();
        await ForbiddenAsync(() => _store.ReadAsync(_mine, static r => r.Usage().Memories));
        await ForbiddenAsync(() => _store.PurgeAsync());
    }

    [Fact]
    public async Task WriteAsync_beyond_the_quota_leaves_nothing_and_consolidation_is_not_held_to_it()
    {
        await using var service = new MemoryService(_store, TimeProvider.System, new Random(2));
        Enter("mine", Scopes.Read | Scopes.Write | Scopes.Consolidate);
        _callers.Admit(Scopes.Write, "mine").Succeeded.ShouldBeTrue();
        (await service.StoreAsync(_mine, [new NewMemory { Content = "The second fits." }])).Succeeded.ShouldBeTrue();

        var refused = await Should.ThrowAsync<MemoryStoreException>(() => service.StoreAsync(_mine, [new NewMemory { Content = "The third does not." }]));
        refused.Problem.Code.ShouldBe(ProblemCode.QuotaExceeded);
        (await _store.ReadAsync(_mine, static r => r.Usage().Memories)).ShouldBe(2);

        _callers.Admit(Scopes.Consolidate, "mine").Succeeded.ShouldBeTrue();
        (await service.StoreAsync(_mine, [new NewMemory { Content = "What merging makes is let through." }])).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task WriteAsync_of_the_same_words_again_and_again_meets_the_quota_of_bytes()
    {
        var store = new WalledStore(_file, _callers, new Quota(null, 1_000), TimeProvider.System);
        await using var service = new MemoryService(store, TimeProvider.System, new Random(2));
        Enter("mine", Scopes.Read | Scopes.Write);
        _callers.Admit(Scopes.Write, "mine").Succeeded.ShouldBeTrue();

        var refused = await Should.ThrowAsync<MemoryStoreException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                (await service.StoreAsync(_mine, [new NewMemory { Content = "Mine.", Source = $"voice {i}" }])).Succeeded.ShouldBeTrue();
            }
        });

        refused.Problem.Message.ShouldContain("bytes of content, tags and evidence; 1,000 are allowed.");
        (await _file.ReadAsync(_mine, static r => r.Usage())).ShouldSatisfyAllConditions(static u => u.Memories.ShouldBe(1), static u => u.Bytes.ShouldBeInRange(950, 1_000));
    }

    [Fact]
    public async Task WriteAsync_lets_a_quiet_caller_go_before_all_but_one_of_what_a_noisy_one_waits_with()
    {
        var order = new List<string>();
        using var go = new ManualResetEventSlim();
        var began = new TaskCompletionSource();
        await WriteAsync("quiet", _ => true);
        var first = Task.Run(() => WriteAsync("noisy", _ => began.TrySetResult() && go.Wait(ServerProcess.Patience)));
        await began.Task;
        Task<bool>[] noisy = [.. Enumerable.Range(0, 7).Select(_ => WriteAsync("noisy", _ => Note("noisy")))];
        var quiet = WriteAsync("quiet", _ => Note("quiet"));

        go.Set();
        (await Task.WhenAll([first, quiet, .. noisy])).ShouldAllBe(static done => done);

        order[0].ShouldBe("quiet");
        order.Count.ShouldBe(8);

        bool Note(string caller)
        {
            order.Add(caller);
            return true;
        }

        async Task<bool> WriteAsync(string caller, Func<IMemoryWriter, bool> write)
        {
            NamespaceList.TryParse("mine", out var list).ShouldBeTrue();
            _callers.Enter(new Caller(caller, caller, list, Scopes.Read | Scopes.Write), null);
            _callers.Admit(Scopes.Write, "mine").Succeeded.ShouldBeTrue();
            return await _store.WriteAsync(_mine, write);
        }
    }

    [Fact]
    public async Task WriteAsync_after_a_long_one_of_the_same_caller_leaves_the_writer_to_others_for_a_while()
    {
        var time = new FakeTimeProvider();
        var store = new WalledStore(_file, _callers, Quota.None, time);
        await WriteAsync("quiet", TimeSpan.Zero);
        await WriteAsync("noisy", TimeSpan.FromMilliseconds(20));

        var again = WriteAsync("noisy", TimeSpan.Zero);
        await WriteAsync("quiet", TimeSpan.Zero);
        time.Advance(TimeSpan.FromMilliseconds(979));
        again.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromMilliseconds(1));
        await again.WaitAsync(ServerProcess.Patience);
        await WriteAsync("noisy", TimeSpan.Zero).WaitAsync(ServerProcess.Patience);

        async Task<bool> WriteAsync(string caller, TimeSpan takes)
        {
            NamespaceList.TryParse("mine", out var list).ShouldBeTrue();
            _callers.Enter(new Caller(caller, caller, list, Scopes.Read | Scopes.Write), null);
            _callers.Admit(Scopes.Write, "mine").Succeeded.ShouldBeTrue();
            return await store.WriteAsync(_mine, _ =>
            {
                time.Advance(takes);
                return true;
            });
        }
    }

    [Fact]
    public async Task WriteAsync_after_a_long_one_rests_no_longer_than_all_that_waits_may_take()
    {
        var time = new FakeTimeProvider();
        var store = new WalledStore(_file, _callers, Quota.None, time);
        using var go = new ManualResetEventSlim();
        var began = new TaskCompletionSource();
        await As("quiet", () => store.WriteAsync(_mine, static _ => true));
        var first = Task.Run(() => As("noisy", () => store.WriteAsync(_mine, _ =>
        {
            began.TrySetResult();
            time.Advance(TimeSpan.FromSeconds(1));
            return go.Wait(ServerProcess.Patience);
        })));
        await began.Task;
        Task<bool>[] waiting = [.. Enumerable.Range(0, 23).Select(_ => As("noisy", () => store.WriteAsync(_mine, static _ => true)))];

        go.Set();
        await first;
        time.Advance(TimeSpan.FromMilliseconds(999));
        waiting.ShouldAllBe(static w => !w.IsCompleted);

        // Twenty-four seconds for the one and the twenty-three behind it; what is short needs no rest.
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(waiting).WaitAsync(ServerProcess.Patience);
    }

    [Fact]
    public async Task ReadAsync_of_a_busy_caller_is_followed_by_a_rest_that_grows_with_what_it_cost()
    {
        var time = new FakeTimeProvider();
        var store = new WalledStore(_file, _callers, Quota.None, time);
        using var go = new SemaphoreSlim(0);
        await As("quiet", () => store.ReadAsync(_mine, static _ => true));

        // As many as it may have at once, and one that waits.
        var atWork = Math.Max(1, Environment.ProcessorCount - 1);
        using var begun = new CountdownEvent(atWork);
        Task<bool>[] share = [.. Enumerable.Range(0, atWork).Select(_ => Task.Run(() => As("noisy", () => store.ReadAsync(_mine, _ =>
        {
            begun.Signal();
            return go.Wait(ServerProcess.Patience);
        }))))];
        begun.Wait(ServerProcess.Patience).ShouldBeTrue();
        var waiting = As("noisy", () => store.ReadAsync(_mine, static _ => true));
        time.Advance(TimeSpan.FromMilliseconds(20));
        go.Release();
        await Task.WhenAny(share);

        // A quarter of a second at most, which callers who may have more at once have done sooner.
        var rest = TimeSpan.FromMilliseconds(250) / atWork;
        time.Advance(rest - TimeSpan.FromMilliseconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await waiting.WaitAsync(ServerProcess.Patience)).ShouldBeTrue();

        go.Release(atWork);
        await Task.WhenAll(share);
    }

    [Theory]
    [InlineData(Scopes.Consolidate, true, true)]
    [InlineData(Scopes.Consolidate, false, false)]
    [InlineData(Scopes.Write, true, false)]
    public async Task Consolidation_rests_after_a_piece_of_its_work_while_others_are_about(Scopes operation, bool areOthersAbout, bool rests)
    {
        var time = new FakeTimeProvider();
        var store = new WalledStore(_file, _callers, Quota.None, time);
        if (areOthersAbout)
        {
            await As("quiet", () => store.ReadAsync(_mine, static _ => true));
        }

        // On a thread of the pool it reads at once, and comes back when it rests or is done.
        Task<bool>[] piece = await Task.Run(() => new[]
        {
            As("noisy", () => store.ReadAsync(_mine, _ =>
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                return true;
            }), operation),
        });
        piece[0].IsCompleted.ShouldBe(!rests);
        if (rests)
        {
            time.Advance(TimeSpan.FromMilliseconds(79));
            piece[0].IsCompleted.ShouldBeFalse();
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        (await piece[0].WaitAsync(ServerProcess.Patience)).ShouldBeTrue();
    }

    [Fact]
    public async Task PurgeAsync_of_callers_who_forget_at_once_leaves_nothing_of_any_of_them()
    {
        await using var service = new MemoryService(_store, TimeProvider.System, new Random(2));
        Enter("theirs", Scopes.Read | Scopes.Write);
        _callers.Admit(Scopes.Write, "theirs").Succeeded.ShouldBeTrue();
        var id = (await service.StoreAsync(_theirs, [new NewMemory { Content = "The zanzibarkestrel sings" }])).Value![0].Memory.Id;
        var others = Enumerable.Range(0, 4).Select(_ => _store.PurgeAsync()).ToArray();

        (await service.ForgetAsync(_theirs, [id])).Value!.TracesRemain.ShouldBeNull();

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            bytes.AsSpan().IndexOf("zanzibarkestrel"u8).ShouldBe(-1, file);
        }

        await Task.WhenAll(others);
    }

    // The caller goes with the work: that of this method is seen by nobody else.
    private async Task<bool> As(string caller, Func<Task<bool>> work, Scopes operation = Scopes.Write)
    {
        NamespaceList.TryParse("mine", out var list).ShouldBeTrue();
        _callers.Enter(new Caller(caller, caller, list, Scopes.Read | Scopes.Write | Scopes.Consolidate), null);
        _callers.Admit(operation, "mine").Succeeded.ShouldBeTrue();
        return await work();
    }

    private static Namespace Parse(string name) => Namespace.TryParse(name, out var ns) ? ns : throw new ArgumentException(name);

    private static async Task ForbiddenAsync<T>(Func<Task<T>> work) => (await Should.ThrowAsync<MemoryStoreException>(work)).Problem.Code.ShouldBe(ProblemCode.Forbidden);

    private void Enter(string namespaces, Scopes scopes)
    {
        NamespaceList.TryParse(namespaces, out var list).ShouldBeTrue();
        _callers.Enter(new Caller("id", "name", list, scopes), "127.0.0.1");
    }
}
