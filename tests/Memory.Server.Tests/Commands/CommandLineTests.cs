using System.CommandLine;
using System.Diagnostics;
using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task No_arguments_on_a_terminal_print_how_to_use_it()
    {
        var (exitCode, stdout, _) = File.Exists("/usr/bin/script")
            ? await RunAsync("/usr/bin/script", "-qec", ServerProcess.Executable, "/dev/null")
            : await RunOnTerminalInProcessAsync();

        exitCode.ShouldBe(0);
        ShouldBeUsage(stdout);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_prints_how_to_use_it(string option)
    {
        var (exitCode, stdout, stderr) = await RunAsync(ServerProcess.Executable, option);

        exitCode.ShouldBe(0);
        stderr.ShouldBeEmpty();
        ShouldBeUsage(stdout);
    }

    [Fact]
    public async Task Version_prints_the_version()
    {
        var (exitCode, stdout, _) = await RunAsync(ServerProcess.Executable, "--version");

        exitCode.ShouldBe(0);
        stdout.Trim().ShouldMatch(@"^\d+\.\d+\.\d+");
        stdout.ShouldStartWith(ProductVersion.Text);
    }

    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("'serv'", "serv")]
    [InlineData("'--bogus'", "serve", "--bogus")]
    [InlineData("'--db'", "serve", "--db")]
    [InlineData("'--db'", "--db", "a", "--db", "b")]
    public async Task Arguments_that_do_not_exist_are_named_on_stderr_alone_and_end_it_with_2(string named, params string[] arguments)
    {
        var (exitCode, stdout, stderr) = await RunAsync(ServerProcess.Executable, arguments);

        exitCode.ShouldBe(2);
        stdout.ShouldBeEmpty();
        stderr.ShouldContain(named);
        stderr.ShouldContain("--help");
    }

    [Fact]
    public async Task A_path_with_escape_sequences_steers_no_terminal()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x\u001b]0;owned\a\u202e.jsonl");
        await File.WriteAllTextAsync(file, "junk", TestContext.Current.CancellationToken);

        var (exitCode, _, stderr) = await RunAsync(ServerProcess.Executable, "import", file, "--db", folder.File("memory.db"));

        exitCode.ShouldNotBe(0);
        stderr.ShouldContain("owned");
        stderr.ShouldNotContain("\u001b");
        stderr.ShouldNotContain("\a");
        stderr.ShouldNotContain("\u202e");
    }

    [Fact]
    public async Task No_arguments_and_no_terminal_serve()
    {
        using var folder = new TemporaryFolder();
        await using var server = ServerProcess.Start([], new Dictionary<string, string> { ["MEMORY_DB"] = folder.File("memory.db"), ["MEMORY_SCHEDULE"] = "off" });

        var greeting = await server.GreetAsync();

        greeting.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("memory-server");
        greeting.GetProperty("result").GetProperty("serverInfo").GetProperty("version").GetString().ShouldBe(ProductVersion.Text);
        greeting.GetProperty("result").GetProperty("instructions").GetString()!.ShouldContain("Recall before you answer");
    }

    [Fact]
    public void Every_command_answers_with_json_unless_it_has_no_answer_of_its_own()
    {
        // A protocol; a conversation that people watch.
        string[] without = ["serve", "demo"];

        var commands = Leaves(CommandLine.Create().Root).ToArray();

        commands.Length.ShouldBeGreaterThan(20);
        commands.Where(static c => c.Options.All(static o => o.Name != "--json")).Select(static c => c.Name).ShouldBe(without, ignoreOrder: true);
    }

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private static void ShouldBeUsage(string text)
    {
        text.ShouldContain("Usage:");
        text.ShouldContain("serve");
        text.ShouldContain("demo");
        foreach (var setting in Memory.Server.Configuration.Setting.All)
        {
            text.ShouldContain(setting.Option);
            text.ShouldContain(setting.Variable);
            text.ShouldContain($"{setting.Option} <{setting.Option[2..]}>");
        }
    }

    private static async Task<(int ExitCode, string Stdout, string Stderr)> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        return (process.ExitCode, await stdout, await stderr);
    }

    private static async Task<(int ExitCode, string Stdout, string Stderr)> RunOnTerminalInProcessAsync()
    {
        var stdout = Console.Out;
        using var captured = new StringWriter();
        Console.SetOut(captured);
        try
        {
            return (await CommandLine.RunAsync([], isTerminal: true, CancellationToken.None), captured.ToString(), "");
        }
        finally
        {
            Console.SetOut(stdout);
        }
    }
}
