using Memory.Core.Access;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>Makes and revokes keys in the file of a server that is at work, as the command line does.</summary>
internal static class KeyMaker
{
    /// <summary>A new key that may do everything but administer, unless told otherwise.</summary>
    public static async Task<string> CreateAsync(string database, string name, string namespaces = "a", string scopes = "read,write,consolidate", DateTimeOffset? expires = null)
    {
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        NamespaceList.TryParse(namespaces, out var list).ShouldBeTrue();
        ScopeNames.TryParse(scopes, out var allowed).ShouldBeTrue();
        return (await new ApiKeys(store, TimeProvider.System).CreateAsync(name, list, allowed, expires)).Value!.Text;
    }

    public static async Task RevokeAsync(string database, string name)
    {
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        (await new ApiKeys(store, TimeProvider.System).RevokeAsync(name)).Succeeded.ShouldBeTrue();
    }
}
