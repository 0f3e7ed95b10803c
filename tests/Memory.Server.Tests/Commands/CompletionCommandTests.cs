using System.Diagnostics;

namespace Memory.Server.Tests.Commands;

/// <summary><c>completion</c>, and what the program answers to its scripts.</summary>
public sealed class CompletionCommandTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Completion_scripts_are_sound_and_the_program_answers_what_can_follow()
    {
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            var script = (await _command.InProcessAsync("completion", shell)).ShouldEnd(0).Stdout;
            script.ShouldContain("[suggest:");
            (await _command.InProcessAsync("completion", shell, "--json")).ShouldEnd(0).Json.GetProperty("script").GetString()!.TrimEnd().ShouldBe(script.TrimEnd());
        }

        (await CommandFixture.InProcessPlainAsync("[suggest:17]", "memory-server rec")).ShouldEnd(0).Stdout.Split('\n', StringSplitOptions.TrimEntries).ShouldContain("recall");
        (await _command.InProcessAsync("config", "show", "--json")).ShouldEnd(0).Json.EnumerateArray().Single(static s => s.GetProperty("name").GetString() == "Db")
            .GetProperty("value").GetString().ShouldBe(_command.Database);
    }

    [Theory]
    [InlineData("memory-server serve --auth ", "none", "keys", "jwt", "keys,jwt")]
    [InlineData("memory-server list --log-level ", "Trace", "Debug", "Information", "Warning", "Error", "Critical", "None")]
    [InlineData("memory-server list --secrets ", "redact", "refuse", "allow")]
    [InlineData("memory-server list --remember-queries ", "on", "off")]
    [InlineData("memory-server list --schedule ", "off")]
    [InlineData("memory-server store x --kind ", "fact", "preference", "decision", "procedure", "event", "note")]
    [InlineData("memory-server import x --format ", "jsonl", "markdown", "mcp-memory", "mcp-memory-service", "basic-memory", "mem0", "list")]
    [InlineData("memory-server keys create --scopes ", "read", "write", "consolidate", "admin")]
    public async Task Completion_offers_the_words_that_an_option_takes(string line, params string[] words)
    {
        var offered = (await CommandFixture.InProcessPlainAsync($"[suggest:{line.Length}]", line)).ShouldEnd(0).Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        offered.ShouldBe(words, ignoreOrder: true);
    }

    [Theory]
    [InlineData("memory-server rec", "recall")]
    [InlineData("memory-server con", "config", "consolidate")]
    [InlineData("memory-server list --sec", "--secrets")]
    [InlineData("memory-server list --secrets re", "redact", "refuse")]
    [InlineData("memory-server export x --format ", "jsonl", "markdown")]
    [InlineData("memory-server keys cr", "create")]
    [InlineData("memory-server list --nothing-is-called-so")]
    public async Task Completion_in_bash_offers_what_can_follow(string line, params string[] offered)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // As bash does it when somebody presses the tab key at the end of the line.
        const string Press = """
            eval "$(memory-server completion bash)"
            COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=($1)
            [[ $1 == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            registered=$(complete -p memory-server)
            registered=${registered##* -F }
            ${registered%% *}
            for word in "${COMPREPLY[@]}"; do echo "$word"; done
            """;

        (await RunAsync("bash", "-c", Press, "bash", line)).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(offered, ignoreOrder: true);
    }

    [Theory]
    [InlineData("zsh", "compdef _memory_server memory-server", "-n")]
    [InlineData("fish", "complete -c memory-server -a", "--no-execute")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName memory-server", "-NoProfile", "-Command", "[void][scriptblock]::Create((Get-Content -Raw $args[0]))", "-args")]
    public async Task Completion_script_of_another_shell_registers_itself_closes_what_it_opens_and_is_read_where_the_shell_is(string shell, string registration, params string[] check)
    {
        var script = (await _command.InProcessAsync("completion", shell)).ShouldEnd(0).Stdout;

        script.ShouldContain(registration);
        script.ShouldStartWith("#");
        foreach (var pair in new[] { "()", "[]", "{}" })
        {
            script.Count(c => c == pair[0]).ShouldBe(script.Count(c => c == pair[1]), pair);
        }

        (script.Count(static c => c == '"') % 2).ShouldBe(0);
        if (Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell))))
        {
            await File.WriteAllTextAsync(_command.File("script"), script, TestContext.Current.CancellationToken);
            await RunAsync(shell, [.. check, _command.File("script")]);
        }
    }

    public void Dispose() => _command.Dispose();

    // The shell finds the program by its name.
    private static async Task<string> RunAsync(string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        ServerProcess.UseCleanEnvironment(start);
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}{Path.PathSeparator}{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        (process.ExitCode, await stderr).ShouldBe((0, ""));
        return await stdout;
    }
}
