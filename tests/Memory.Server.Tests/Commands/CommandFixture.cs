using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Memory.Server.Tests.Commands;

/// <summary>The real executable, run command by command on a database of its own.</summary>
public sealed class CommandFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Database => _folder.File("memory.db");

    public string File(string name) => _folder.File(name);

    /// <summary>Runs one command on this fixture's database.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunOnAsync(Database, arguments);

    /// <summary>Runs one command on another database.</summary>
    public static Task<CommandResult> RunOnAsync(string database, params string[] arguments) => RunPlainAsync([.. arguments, "--db", database]);

    /// <summary>Runs the executable with these arguments and no others.</summary>
    public static async Task<CommandResult> RunPlainAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerProcess.Executable, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(static k => k.StartsWith("MEMORY_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (stdout, stderr) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        return new CommandResult(process.ExitCode, await stdout, await stderr);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>What a command left behind.</summary>
public sealed record CommandResult(int Code, string Stdout, string Stderr)
{
    public JsonElement Json => JsonDocument.Parse(Stdout).RootElement;

    public CommandResult ShouldEnd(int code)
    {
        Code.ShouldBe(code, $"stdout: {Stdout}\nstderr: {Stderr}");
        return this;
    }
}
