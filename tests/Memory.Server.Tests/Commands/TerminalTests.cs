using System.Diagnostics;
using System.Text.Json;

namespace Memory.Server.Tests.Commands;

/// <summary>What a person at a terminal sees. The program 'script' of every Linux makes one.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Consolidate_shows_a_bar_and_with_json_only_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere 'script' takes other arguments.");
        await _command.StoreAsync("The mast is tall");

        (await OnTerminalAsync("consolidate --dry-run")).ShouldMatch("Planning.*100%");
        var shown = await OnTerminalAsync("consolidate");
        shown.ShouldMatch("Consolidating.*100%");
        shown.ShouldContain("1 examined");
        // The runtime itself greets a terminal with a sequence.
        var data = await OnTerminalAsync("consolidate --json");
        JsonElement.Parse(data[data.IndexOf('{', StringComparison.Ordinal)..]).GetProperty("examined").GetInt32().ShouldBe(1);
        data.ShouldNotContain("Consolidating");
    }

    [Fact]
    public async Task Import_shows_a_bar_to_who_looks_on_and_none_to_a_pipe_a_file_or_with_json()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere 'script' takes other arguments.");
        const string Again = "Read 2 of list: 0 imported, 0 updated, 2 there already, 0 not taken.\n";
        var (list, stdout, stderr) = (_command.File("list.txt"), _command.File("stdout.txt"), _command.File("stderr.txt"));
        await File.WriteAllTextAsync(list, "- The mast is tall\n- Tea is at four\n", TestContext.Current.CancellationToken);

        var shown = await OnTerminalAsync($"import '{list}'");
        shown.ShouldMatch("(?s)Importing.*100%");
        shown.ShouldContain("Read 2 of list: 2 imported");

        (await OnTerminalAsync($"import '{list}' >'{stdout}'")).ShouldMatch("(?s)Importing.*100%");
        (await File.ReadAllTextAsync(stdout, TestContext.Current.CancellationToken)).ShouldBe(Again);

        var answered = await OnTerminalAsync($"import '{list}' 2>'{stderr}'");
        (answered.ReplaceLineEndings("\n").EndsWith(Again, StringComparison.Ordinal), answered.Contains("Importing", StringComparison.Ordinal)).ShouldBe((true, false), answered);
        (await File.ReadAllTextAsync(stderr, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        var data = await OnTerminalAsync($"import '{list}' --json");
        JsonElement.Parse(data[data.IndexOf('{', StringComparison.Ordinal)..]).GetProperty("present").GetInt32().ShouldBe(2);
        data.ShouldNotContain("Importing");

        var piped = (await _command.RunAsync("import", list)).ShouldEnd(0);
        (piped.Stdout, piped.Stderr).ShouldBe((Again, ""));
    }

    public void Dispose() => _command.Dispose();

    private async Task<string> OnTerminalAsync(string arguments)
    {
        var start = new ProcessStartInfo("script", ["-qec", $"'{ServerProcess.Executable}' {arguments} --db '{_command.Database}'", "/dev/null"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["TERM"] = "xterm", ["COLUMNS"] = "120" },
        };
        using var process = Process.Start(start)!;
        var shown = await process.StandardOutput.ReadToEndAsync().WaitAsync(ServerProcess.Patience);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, shown);
        return shown;
    }
}
