using System.Text.Json;

namespace Memory.Server.Tests.Configuration;

/// <summary>The settings as the real executable reads them.</summary>
public sealed class ConfiguredProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Command_line_wins_over_environment_environment_over_file_and_file_over_default()
    {
        var (program, database) = (await ProgramAsync("""{ "Memory": { "Namespace": "of-file", "Schedule": "0 0 5 * * ?", "CatchUpDelay": "3600" } }"""), _folder.File("memory.db"));
        var environment = new Dictionary<string, string> { ["MEMORY_DB"] = database, ["MEMORY_NAMESPACE"] = "of-environment", ["MEMORY_SCHEDULE"] = "off" };

        var ofFile = await StatusAsync(program, ["serve", "--db", database], []);
        ofFile.GetProperty("namespace").GetString().ShouldBe("of-file");
        ofFile.GetProperty("next_consolidation").GetDateTimeOffset().ToLocalTime().Hour.ShouldBe(5);
        var ofEnvironment = await StatusAsync(program, [], environment);
        ofEnvironment.GetProperty("namespace").GetString().ShouldBe("of-environment");
        ofEnvironment.GetProperty("database").GetProperty("location").GetString().ShouldBe(database);
        ofEnvironment.TryGetProperty("next_consolidation", out _).ShouldBeFalse();
        (await StatusAsync(program, ["serve", "--namespace", "of-command-line"], environment)).GetProperty("namespace").GetString().ShouldBe("of-command-line");
        (await StatusAsync(program, ["--namespace", "of-command-line", "serve"], environment)).GetProperty("namespace").GetString().ShouldBe("of-command-line");
    }

    [Fact]
    public async Task Wrong_values_end_the_process_with_2_and_are_named_on_stderr_alone()
    {
        await using var server = ServerProcess.Start(["serve", "--db", _folder.File("memory.db"), "--log-level", "loud"], new Dictionary<string, string>
        {
            ["MEMORY_NAMESPACE"] = "../x", ["MEMORY_SCHEDULE"] = "0 0 3 30 2 ?",
        });

        (await server.ReadAsync()).ShouldBeNull();
        (await server.WaitAsync()).ShouldBe(2);
        server.Stderr.ShouldContain("--log-level is 'loud'; allowed is Trace, Debug,");
        server.Stderr.ShouldContain("MEMORY_NAMESPACE is '../x'; allowed is 1 to 64 characters");
        server.Stderr.ShouldContain("MEMORY_SCHEDULE is '0 0 3 30 2 ?'; allowed is 'off' or a Quartz cron expression");
        File.Exists(_folder.File("memory.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_misspelt_variable_and_key_end_the_process_with_2_and_are_named_with_what_is_known()
    {
        var program = await ProgramAsync("""{ "Memory": { "Nightly": "off" } }""");
        await using var server = ServerProcess.Start(["--db", _folder.File("memory.db")], new Dictionary<string, string> { ["MEMORY_NIGHTLY"] = "off" }, program);

        (await server.ReadAsync()).ShouldBeNull();
        (await server.WaitAsync()).ShouldBe(2);
        server.Stderr.ShouldContain("MEMORY_NIGHTLY is not a setting; MEMORY_SCHEDULE is the nearest.");
        server.Stderr.ShouldContain("appsettings.json Memory:Nightly is not a setting; allowed are Db, Namespace,");
        File.Exists(_folder.File("memory.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_variable_of_another_program_is_warned_of_and_the_server_serves()
    {
        await using var server = ServerProcess.Start(["--db", _folder.File("memory.db"), "--schedule", "off"], new Dictionary<string, string> { ["MEMORY_BANK_ROOT"] = "x", ["MEMORY_PRESSURE_WATCH"] = "x" });

        await server.GreetAsync();

        (await server.LeaveAsync()).ExitCode.ShouldBe(0);
        server.Stderr.ShouldContain("The environment variable MEMORY_BANK_ROOT is not a setting; known are MEMORY_DB, MEMORY_NAMESPACE,");
        server.Stderr.ShouldNotContain("MEMORY_PRESSURE_WATCH");
    }

    [Fact]
    public async Task A_malformed_appsettings_file_is_named_and_ends_the_process_with_2()
    {
        await using var server = ServerProcess.Start(["serve"], command: await ProgramAsync("""{ "Memory": { "Namespace" } }"""));

        (await server.ReadAsync()).ShouldBeNull();
        (await server.WaitAsync()).ShouldBe(2);
        server.Stderr.ShouldContain(_folder.File("appsettings.json"));
        server.Stderr.ShouldNotContain("   at ");
    }

    // The program reads the file that lies beside it, so this needs a program of its own.
    private async Task<string> ProgramAsync(string settings)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var copy = _folder.File(Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(_folder.File("appsettings.json"), settings);
        return _folder.File(Path.GetFileName(ServerProcess.Executable));
    }

    private static async Task<JsonElement> StatusAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        await using var server = ServerProcess.Start(arguments, environment, program);
        await server.GreetAsync();
        return (await server.CallAsync("status")).GetProperty("structuredContent");
    }
}
