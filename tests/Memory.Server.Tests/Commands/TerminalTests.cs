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
