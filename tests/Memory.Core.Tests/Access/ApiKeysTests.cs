using Memory.Core.Access;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Memory.Core.Tests.Access;

public sealed class ApiKeysTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);
    private SqliteMemoryStore _store = null!;
    private ApiKeys _keys = null!;

    public ValueTask InitializeAsync()
    {
        _store = new SqliteMemoryStore(_folder.File("memory.db"), _time);
        _keys = new ApiKeys(_store, _time);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CreateAsync_gives_a_key_that_CheckAsync_knows_and_the_store_does_not()
    {
        var issued = (await CreateAsync("team", "a,b", "write")).Value!;

        var found = (await _keys.CheckAsync(issued.Text)).Value!;
        found.Name.ShouldBe("team");
        found.Namespaces.ToString().ShouldBe("a,b");
        found.Scopes.ShouldBe(Scopes.Read | Scopes.Write);
        await _store.DisposeAsync();
        File.ReadAllText(_folder.File("memory.db"), System.Text.Encoding.Latin1).ShouldNotContain(issued.Text[15..]);
    }

    [Fact]
    public async Task CheckAsync_tells_why_a_key_opens_nothing_only_to_who_knows_its_secret()
    {
        var issued = (await CreateAsync("team", "a", "read", Start.AddDays(1))).Value!;
        var wrong = issued.Text[..^1] + (issued.Text[^1] == 'x' ? 'y' : 'x');
        _time.Advance(TimeSpan.FromDays(1));

        (await _keys.CheckAsync(issued.Text)).Problem!.Message.ShouldBe("The key has expired.");
        (await _keys.CheckAsync(wrong)).Problem!.Message.ShouldBe("The key is not known.");
        await _keys.RevokeAsync("team");
        (await _keys.CheckAsync(issued.Text)).Problem!.Message.ShouldBe("The key is revoked.");
        (await _keys.CheckAsync(wrong)).Problem!.Message.ShouldBe("The key is not known.");
        (await _keys.CheckAsync("mem_")).Problem!.Message.ShouldBe("The key is malformed.");
    }

    [Fact]
    public async Task RotateAsync_replaces_a_key_by_one_that_may_do_the_same()
    {
        var old = (await CreateAsync("team", "a", "consolidate", Start.AddDays(1))).Value!;
        var next = (await _keys.RotateAsync("team")).Value!;

        (await _keys.CheckAsync(old.Text)).Problem!.Message.ShouldBe("The key is revoked.");
        var found = (await _keys.CheckAsync(next.Text)).Value!;
        (found.Name, found.Scopes, found.ExpiresAt).ShouldBe(("team", Scopes.Read | Scopes.Consolidate, Start.AddDays(1)));
        (await _keys.ListAsync()).Count.ShouldBe(2);
        (await _keys.RotateAsync(old.Key.Id)).Problem!.Code.ShouldBe(ProblemCode.NotFound);
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData(" spaced", "read")]
    [InlineData("bell\a", "read")]
    [InlineData("turned\u202eback", "read")]
    [InlineData("past", "read")]
    public async Task CreateAsync_of_what_cannot_be_is_refused(string name, string scopes) =>
        (await CreateAsync(name, "a", scopes, name == "past" ? Start : null)).Problem!.Code.ShouldBe(ProblemCode.Invalid);

    [Fact]
    public async Task CreateAsync_of_a_name_in_force_is_refused_and_of_a_revoked_one_is_not()
    {
        await CreateAsync("team", "a", "read");

        (await CreateAsync("team", "b", "read")).Problem!.Code.ShouldBe(ProblemCode.Conflict);
        await _keys.RevokeAsync("team");
        (await CreateAsync("team", "b", "read")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Audit_is_only_added_to_until_its_retention_has_passed()
    {
        await _store.AppendAuditAsync([Entry(Start.AddDays(-10), "old"), Entry(Start, "new")]);

        Execute("UPDATE audit SET caller = 'someone else'").ShouldContain("only added to");
        Execute("DELETE FROM audit").ShouldContain("only added to");
        (await _store.RemoveAuditBeforeAsync(Start.AddDays(-5))).ShouldBe(1);
        (await _store.AuditAsync(new AuditQuery())).ShouldHaveSingleItem().Action.ShouldBe("new");
        (await _store.AuditAsync(new AuditQuery { Action = "old" })).ShouldBeEmpty();
        Execute("DELETE FROM audit").ShouldContain("only added to");
    }

    [Theory]
    [InlineData("team (k3m9x7aaaa)", 1)]
    [InlineData("team", 2)]
    [InlineData("k3m9x7bbbb", 1)]
    [InlineData("team (b)", 1)]
    [InlineData("ana", 2)]
    [InlineData("command line", 1)]
    [InlineData("schedule", 1)]
    [InlineData("tea", 0)]
    [InlineData("k3m9x7", 0)]
    [InlineData("t_am", 0)]
    [InlineData("", 0)]
    public async Task AuditAsync_of_a_caller_finds_its_whole_name_or_a_part_of_it(string caller, int count)
    {
        string[] callers = ["team (k3m9x7aaaa)", "team (k3m9x7bbbb)", "team (b) (k3m9x7cccc)", "token ana", "command line (ana)", "schedule"];
        await _store.AppendAuditAsync([.. callers.Select(c => Entry(Start, "recall") with { Caller = c })]);

        (await _store.AuditAsync(new AuditQuery { Caller = caller })).Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_key_is_never_deleted_as_the_audit_log_names_it()
    {
        await CreateAsync("team", "a", "read");
        await _keys.RevokeAsync("team");

        Execute("DELETE FROM api_keys").ShouldContain("only revoked");
    }

    private static AuditEntry Entry(DateTimeOffset at, string action) => new(at, "team", "127.0.0.1", action, "a", null, "ok");

    private async Task<Outcome<IssuedKey>> CreateAsync(string name, string namespaces, string scopes, DateTimeOffset? expires = null)
    {
        NamespaceList.TryParse(namespaces, out var list).ShouldBeTrue();
        ScopeNames.TryParse(scopes, out var allowed).ShouldBeTrue();
        return await _keys.CreateAsync(name, list, allowed, expires);
    }

    private string Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("memory.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
            return string.Empty;
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }
}
