using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

/// <summary>Commands on what is there and cannot be a database.</summary>
public sealed class UnusableDatabaseTests : IDisposable
{
    private readonly CommandFixture _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Commands_on_a_database_with_two_names_say_so_and_work_again_with_one()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await _command.StoreAsync("The mast is tall.");
        (await _command.InProcessAsync("backup", _command.File("copy.db"))).ShouldEnd(0);
        await SystemTool.RunAsync("ln", _command.Database, _command.File("second.db"));

        foreach (var command in new string[][] { ["doctor"], ["store", "Lost?"], ["list"], ["status"], ["keys", "list"], ["restore", _command.File("copy.db"), "--force"] })
        {
            foreach (var database in new[] { _command.Database, _command.File("second.db") })
            {
                (await CommandFixture.InProcessOnAsync(database, command)).ShouldEnd(ExitCodes.Failed).Stderr.ShouldContain("has 2 names (hard links)");
            }
        }

        File.Delete(_command.File("second.db"));
        (await _command.InProcessAsync("doctor")).ShouldEnd(0);
        (await _command.InProcessAsync("list")).ShouldEnd(0).Stdout.ShouldContain("The mast is tall.");
    }

    [Fact]
    public async Task Every_spelling_of_a_database_that_is_a_pipe_is_refused()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var pipe = _command.File("pipe");
        await SystemTool.RunAsync("mkfifo", pipe);
        File.CreateSymbolicLink(_command.File("link"), pipe);

        foreach (var arguments in new string[][] { ["store", "Hi", "--db", pipe], ["--db", pipe, "serve"], ["list", $"--db={pipe}"], ["doctor", "--db", _command.File("link")] })
        {
            (await CommandFixture.InProcessPlainAsync(arguments)).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("not a folder, a device or a pipe");
        }

        await using var server = ServerProcess.Start(["serve"], new Dictionary<string, string> { ["MEMORY_DB"] = pipe });
        (await server.ReadAsync()).ShouldBeNull();
        (await server.WaitAsync()).ShouldBe(ExitCodes.Usage);
        server.Stderr.ShouldContain($"MEMORY_DB is '{pipe}'; allowed is a path to a file");
        Directory.GetFiles(Path.GetDirectoryName(pipe)!).ShouldBe([pipe, _command.File("link")], ignoreOrder: true);
    }
}
