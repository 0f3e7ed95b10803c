using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Server.Tests.Http;

/// <summary>The classes that share the one server; one after another, beside all others.</summary>
[CollectionDefinition]
public sealed class HttpCollection : ICollectionFixture<HttpFixture>;

/// <summary>One server over HTTP for all tests of it, that asks for keys or tokens, and a key of every kind.</summary>
public sealed class HttpFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _keys = [];
    private int _namespaces;

    internal HttpHost Host { get; private set; } = null!;

    internal FakeIssuer Issuer { get; } = new();

    public string Database => _folder.File("memory.db");

    public async ValueTask InitializeAsync()
    {
        var now = DateTimeOffset.UtcNow;
        await using (var store = new SqliteMemoryStore(Database, TimeProvider.System))
        {
            var keys = new ApiKeys(store, TimeProvider.System);
            await MakeAsync(keys, "read-a", "a", "read");
            await MakeAsync(keys, "write-a", "a", "write");
            await MakeAsync(keys, "tidy-a", "a", "consolidate");
            await MakeAsync(keys, "all-a", "a", "read,write,consolidate");
            await MakeAsync(keys, "all-b", "b", "read,write,consolidate");
            await MakeAsync(keys, "all-ab", "a,b", "read,write,consolidate");
            await MakeAsync(keys, "all-bc", "b,c", "read,write,consolidate");
            await MakeAsync(keys, "everything", "*", "read,write,consolidate,admin");
            await MakeAsync(keys, "admin", "*", "admin");
            await MakeAsync(keys, "admin-a", "a", "admin");
            await MakeAsync(keys, "revoked", "a", "read,write,consolidate");
            (await keys.RevokeAsync("revoked")).Succeeded.ShouldBeTrue();
            await MakeAsync(new ApiKeys(store, new FakeTimeProvider(now.AddDays(-2))), "expired", "a", "read,write,consolidate", now.AddDays(-1));
            _keys["malformed"] = "mem_nonsense";
            _keys["unknown"] = "mem_" + new string('a', 10) + "_" + new string('b', 43);
            _keys["wrong-secret"] = _keys["read-a"][..^1] + (_keys["read-a"][^1] == 'x' ? 'y' : 'x');
        }

        Host = await HttpHost.StartAsync(
            Database, "--auth", "keys,jwt", "--jwt-issuer", Issuer.Issuer, "--jwt-audience", FakeIssuer.Audience, "--namespace", "a",
            "--rate-limit", "off", "--address-rate-limit", "off", "--http-hosts", "memory.example.com", "--http-origins", "https://app.example.com");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
        _folder.Dispose();
    }

    public string Key(string name) => _keys[name];

    internal HttpClient Client(string? key = null) => Host.Client(key is null ? null : _keys[key]);

    /// <summary>A namespace nobody else uses; the key 'everything' opens it.</summary>
    public string NewNamespace() => $"test-{Interlocked.Increment(ref _namespaces)}";

    private async Task MakeAsync(ApiKeys keys, string name, string namespaces, string scopes, DateTimeOffset? expires = null)
    {
        NamespaceList.TryParse(namespaces, out var list).ShouldBeTrue();
        ScopeNames.TryParse(scopes, out var allowed).ShouldBeTrue();
        Outcome<IssuedKey> issued = await keys.CreateAsync(name, list, allowed, expires);
        _keys[name] = issued.Value!.Text;
    }
}
