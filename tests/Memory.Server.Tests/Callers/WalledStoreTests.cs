using Memory.Core;
using Memory.Core.Access;
using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Callers;

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
        await _file.AcquireLeaseAsync(Consolidator.LeaseName, "another-machine/4711/1", TimeSpan.FromMinutes(1));

        Enter("mine", Scopes.Read | Scopes.Consolidate);
        (await BusyAsync()).ShouldBe("Another consolidation is at work. Try again when it is done.");
        Enter(NamespaceList.Every, Scopes.Read | Scopes.Consolidate | Scopes.Admin);
        (await BusyAsync()).ShouldStartWith("Another consolidation is at work: process 4711 since ");

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

    private static Namespace Parse(string name) => Namespace.TryParse(name, out var ns) ? ns : throw new ArgumentException(name);

    private static async Task ForbiddenAsync<T>(Func<Task<T>> work) => (await Should.ThrowAsync<MemoryStoreException>(work)).Problem.Code.ShouldBe(ProblemCode.Forbidden);

    private void Enter(string namespaces, Scopes scopes)
    {
        NamespaceList.TryParse(namespaces, out var list).ShouldBeTrue();
        _callers.Enter(new Caller("id", "name", list, scopes), "127.0.0.1");
    }
}
