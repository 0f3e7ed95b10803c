using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Memory.Core;
using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Commands;

/// <summary>The real executable, run command by command on a database of its own.</summary>
public sealed class CommandFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

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
