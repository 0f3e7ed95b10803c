using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;
using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

/// <summary>Commands on a database of their own: the real executable, or in the tests' own process, where how it starts and ends is not the subject.</summary>
public sealed class CommandFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    static CommandFixture()
    {
        CapturedConsole.Install();
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(static k => k.StartsWith("MEMORY_", StringComparison.Ordinal)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public string Database => _folder.File("memory.db");

    public string File(string name) => _folder.File(name);

    /// <summary>Stores statements in this fixture's database, as the command does, where a test is about another command.</summary>
    public async Task StoreAsync(params string[] statements)
    {
        using var embeddings = new EmbeddingSource(StaticEmbedder.DefaultPath);
        await using var store = new SqliteMemoryStore(Database, TimeProvider.System);
        await using var memories = new MemoryService(store, TimeProvider.System, Random.Shared, embeddings: embeddings);
        (await memories.StoreAsync(Namespace.Default, [.. statements.Select(static s => new NewMemory { Content = s, Source = "user" })])).Succeeded.ShouldBeTrue();
    }

    /// <summary>Runs one command on this fixture's database.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunOnAsync(Database, arguments);

    /// <summary>Runs one command on another database.</summary>
    public static Task<CommandResult> RunOnAsync(string database, params string[] arguments) => RunPlainAsync([.. arguments, "--db", database]);

    /// <summary>Carries out one command on this fixture's database in the tests' own process.</summary>
    public Task<CommandResult> InProcessAsync(params string[] arguments) => InProcessOnAsync(Database, arguments);

    /// <summary>Carries out one command on another database in the tests' own process.</summary>
    public static Task<CommandResult> InProcessOnAsync(string database, params string[] arguments) => InProcessPlainAsync([.. arguments, "--db", database]);

    /// <summary>Carries out one command in the tests' own process with these arguments and no others.</summary>
    public static async Task<CommandResult> InProcessPlainAsync(params string[] arguments)
    {
        var (stdout, stderr) = (CapturedConsole.Out.Capture(), CapturedConsole.Error.Capture());
        var code = await CommandLine.RunAsync(arguments, isTerminal: false, CancellationToken.None);
        return new CommandResult(code, stdout.ToString(), stderr.ToString());
    }

    /// <summary>Runs the executable with these arguments and no others.</summary>
    public static async Task<CommandResult> RunPlainAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerProcess.Executable, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        ServerProcess.UseCleanEnvironment(start);
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
