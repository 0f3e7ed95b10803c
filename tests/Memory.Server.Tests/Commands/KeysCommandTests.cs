namespace Memory.Server.Tests.Commands;

/// <summary><c>keys</c> as it is typed; what keys open is tested with the server.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_listed_without_its_secret()
    {
        var (exitCode, made, _) = await RunAsync("create", "--name", "team", "--namespaces", "a,b", "--scopes", "write", "--expires", "90d");
        var key = made.Split('\n')[0].Trim();
        var (_, list, _) = await RunAsync("list");

        exitCode.ShouldBe(0);
        key.ShouldMatch("^mem_[a-z0-9]{10}_[A-Za-z0-9]{43}$");
        list.ShouldMatch("id +name +namespaces +scopes +created +expires +state");
        list.ShouldMatch($"{key[4..14]} +team +a,b +read,write +.* in force");
        list.ShouldNotContain(key[15..]);
    }

    [Theory]
    [InlineData(2, "--scopes is 'fly'", "create", "--name", "x", "--namespaces", "a", "--scopes", "fly")]
    [InlineData(2, "--namespaces is 'A B'", "create", "--name", "x", "--namespaces", "A B", "--scopes", "read")]
    [InlineData(2, "--expires is 'soon'", "create", "--name", "x", "--namespaces", "a", "--scopes", "read", "--expires", "soon")]
    [InlineData(2, "expired at 2020-01-01", "create", "--name", "x", "--namespaces", "a", "--scopes", "read", "--expires", "2020-01-01")]
    [InlineData(3, "No key in force has the name or id 'nobody'.", "revoke", "nobody")]
    [InlineData(2, "--name", "create", "--namespaces", "a", "--scopes", "read")]
    public async Task What_cannot_be_done_is_said_on_stderr_and_ends_with_its_code(int code, string reason, params string[] arguments)
    {
        (await RunAsync("create", "--name", "somebody", "--namespaces", "a", "--scopes", "read")).ExitCode.ShouldBe(0);

        var (exitCode, stdout, stderr) = await RunAsync(arguments);

        exitCode.ShouldBe(code);
        stdout.ShouldBeEmpty();
        stderr.ShouldContain(reason);
    }

    private async Task<(int ExitCode, string Stdout, string Stderr)> RunAsync(params string[] arguments)
    {
        var (code, stdout, stderr) = await CommandFixture.InProcessOnAsync(_folder.File("memory.db"), ["keys", .. arguments]);
        return (code, stdout, stderr);
    }
}
