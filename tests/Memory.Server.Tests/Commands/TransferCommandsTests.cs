using Memory.Server.Commands;

namespace Memory.Server.Tests.Commands;

/// <summary><c>export</c> and <c>import</c> where there are several namespaces, earlier exports and links.</summary>
public sealed class TransferCommandsTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("markdown")]
    public async Task Import_writes_the_namespace_of_the_caller_unless_all_or_another_name_is_asked_for(string format)
    {
        await _command.StoreAsync("The door is green.");
        (await _command.InProcessAsync("store", "Tea is at four.", "--namespace", "other")).ShouldEnd(0);
        var path = _command.File("exported");
        (await _command.InProcessAsync("export", path, "--all", "--format", format)).ShouldEnd(0).Stdout.ShouldContain("2 memories");

        (await ImportAsync("only.db", ExitCodes.Partly, path, "--namespace", "other")).Stderr.ShouldContain("--from default");
        (await ListedAsync("only.db", "default"), await ListedAsync("only.db", "other")).ShouldBe(("", "Tea is at four."));

        await ImportAsync("all.db", ExitCodes.Done, path, "--all");
        (await ListedAsync("all.db", "default"), await ListedAsync("all.db", "other")).ShouldBe(("The door is green.", "Tea is at four."));

        await ImportAsync("renamed.db", ExitCodes.Partly, path, "--from", "other", "--namespace", "mine");
        (await ListedAsync("renamed.db", "mine"), await ListedAsync("renamed.db", "other")).ShouldBe(("Tea is at four.", ""));
    }

    [Fact]
    public async Task Import_tells_every_line_it_could_not_take_with_the_reason()
    {
        const int Wrong = 1_500;
        var (path, report) = (_command.File("broken.jsonl"), _command.File("report.txt"));
        await _command.StoreAsync("The door is green.");
        (await _command.InProcessAsync("export", path)).ShouldEnd(0);
        await File.AppendAllLinesAsync(path, Enumerable.Repeat("no JSON", Wrong), TestContext.Current.CancellationToken);

        var json = (await ImportAsync("json.db", ExitCodes.Partly, path, "--json")).Json;
        json.GetProperty("rejected").GetInt32().ShouldBe(Wrong);
        Check([.. json.GetProperty("rejections").EnumerateArray().Select(static r => $"{r.GetProperty("place").GetString()}: {r.GetProperty("reason").GetString()}")]);
        // To a terminal, fewer lines are told: the executable has none.
        Check((await CommandFixture.RunOnAsync(_command.File("text.db"), "import", path)).ShouldEnd(ExitCodes.Partly).Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        (await ImportAsync("report.db", ExitCodes.Partly, path, "--report", report)).Stderr.ShouldBeEmpty();
        Check(await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken));

        static void Check(string[] told)
        {
            told.Length.ShouldBe(Wrong);
            told.Distinct().Count().ShouldBe(Wrong);
            told.ShouldAllBe(static line => line.StartsWith("line ", StringComparison.Ordinal) && line.Length > "line 1500: ".Length);
        }
    }

    [Fact]
    public async Task Import_tells_fields_that_were_left_out_apart_from_entries_that_were_not_taken()
    {
        var (path, report) = (_command.File("service.json"), _command.File("report.txt"));
        await File.WriteAllTextAsync(path, """
            {"export_metadata":{},"memories":[{"content":"Tea is at four.","metadata":{"project":"harbor"},"quality":0.9},{"content":"The door is green.","quality":0.4}]}
            """, TestContext.Current.CancellationToken);

        var told = (await CommandFixture.RunOnAsync(_command.File("text.db"), "import", path)).ShouldEnd(ExitCodes.Done);
        var json = (await ImportAsync("json.db", ExitCodes.Done, path, "--json")).Json;
        (await ImportAsync("report.db", ExitCodes.Done, path, "--report", report)).Stderr.ShouldBeEmpty();

        told.Stdout.ShouldStartWith("Read 2 of mcp-memory-service: 2 imported, 0 updated, 0 there already, 0 not taken.");
        var lines = told.Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(static l => string.Join(' ', l.Split(' ')[..6])).ShouldBe(["fields left out: entry 1: 'metadata.project'", "fields left out: entry 1: 'quality'"]);
        (await File.ReadAllLinesAsync(report, TestContext.Current.CancellationToken)).ShouldBe(lines);
        (json.GetProperty("rejected").GetInt32(), json.GetProperty("rejections").GetArrayLength()).ShouldBe((0, 0));
        json.GetProperty("fields_left_out").EnumerateArray().Select(static f => f.GetProperty("place").GetString()).ShouldBe(["entry 1", "entry 1"]);
        await File.WriteAllTextAsync(path, """{"export_metadata":{},"memories":[{"content":"Tea is at four.","quality":0.9},{"content":""}]}""", TestContext.Current.CancellationToken);
        (await ImportAsync("partly.db", ExitCodes.Partly, path)).Stdout.ShouldContain("1 imported, 0 updated, 0 there already, 1 not taken.");
    }

    [Fact]
    public async Task Export_of_one_namespace_names_those_that_are_not_in_it()
    {
        await _command.StoreAsync("The door is green.");
        (await _command.InProcessAsync("store", "Tea is at four.", "--namespace", "other")).ShouldEnd(0);

        var one = (await _command.InProcessAsync("export", _command.File("one.jsonl"), "--json")).ShouldEnd(0);
        var all = (await _command.InProcessAsync("export", _command.File("all.jsonl"), "--all", "--json")).ShouldEnd(0);

        one.Stderr.ShouldBe("Not in it: other. --all writes every namespace.\n");
        (one.Json.GetProperty("namespaces").ToString(), one.Json.GetProperty("left_out").ToString()).ShouldBe(("""["default"]""", """["other"]"""));
        all.Stderr.ShouldBeEmpty();
        (all.Json.GetProperty("namespaces").GetArrayLength(), all.Json.GetProperty("left_out").GetArrayLength()).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Import_of_a_pipe_whose_format_is_not_named_asks_for_it()
    {
        if (OperatingSystem.IsWindows())
        {
            // There, pipes are no files.
            return;
        }

        (await _command.RunAsync("import", "/dev/stdin")).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("name its format");
        (await _command.RunAsync("import", "/dev/stdin", "--format", "list")).ShouldEnd(0);
    }

    [Fact]
    public async Task Import_of_stdin_by_a_dash_is_refused_with_what_to_name() =>
        (await _command.RunAsync("import", "-")).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("/dev/stdin");

    [Fact]
    public async Task Import_of_a_named_pipe_is_refused_and_of_one_that_a_shell_opened_taken()
    {
        if (OperatingSystem.IsWindows())
        {
            // There, pipes are no files.
            return;
        }

        var folder = Directory.CreateDirectory(_command.File("notes")).FullName;
        await RunAsync("mkfifo", _command.File("pipe.jsonl"), Path.Combine(folder, "pipe.md"));
        await File.WriteAllTextAsync(_command.File("list.txt"), "- Tea is at four.\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.md"), "The door is green.\n", TestContext.Current.CancellationToken);

        (await _command.RunAsync("import", _command.File("pipe.jsonl"))).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("no regular file");
        (await _command.RunAsync("import", _command.File("pipe.jsonl"), "--format", "jsonl")).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("a regular file");
        (await _command.RunAsync("import", folder)).ShouldEnd(ExitCodes.Partly).Stderr.ShouldContain("pipe.md: The file is empty, or no regular file");
        await RunAsync("bash", "-c", $"'{ServerProcess.Executable}' import <(cat '{_command.File("list.txt")}') --format list --db '{_command.Database}'");

        (await _command.RunAsync("list")).Stdout.ShouldContain("Tea is at four.");

        static async Task RunAsync(string program, params string[] arguments)
        {
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync().WaitAsync(ServerProcess.Patience);
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Import_of_nothing_leaves_no_report()
    {
        var report = _command.File("report.txt");

        (await _command.InProcessAsync("import", _command.File("missing"), "--report", report)).ShouldEnd(ExitCodes.NotFound);

        File.Exists(report).ShouldBeFalse();
    }

    [Fact]
    public async Task Export_removes_what_a_killed_one_left()
    {
        var path = _command.File("export.jsonl");
        var living = Memory.Core.Storage.PartialFile.NameFor(path);
        var ended = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var killed = living.Replace($"-{ended}-", "-2147483647-", StringComparison.Ordinal);
        await File.WriteAllTextAsync(living, "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(killed, "half", TestContext.Current.CancellationToken);

        await _command.StoreAsync("The door is green.");
        (await _command.InProcessAsync("export", path)).ShouldEnd(0);

        (File.Exists(killed), File.Exists(living)).ShouldBe((false, true));
    }

    [Theory]
    [InlineData("export", "loop")]
    [InlineData("export", "loop/x.jsonl")]
    [InlineData("export", "crossed/x/y.jsonl")]
    [InlineData("export", "loop", "--format", "markdown")]
    [InlineData("backup", "loop")]
    [InlineData("import", "list.txt", "--report", "loop")]
    [InlineData("import", "loop")]
    public async Task Links_in_a_circle_are_told(string command, string path, params string[] more)
    {
        await File.WriteAllTextAsync(_command.File("list.txt"), "- A line of a list\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_command.File("loop"), _command.File("pool"));
        File.CreateSymbolicLink(_command.File("pool"), _command.File("loop"));
        // Neither is a circle by itself.
        File.CreateSymbolicLink(_command.File("crossed"), _command.File("other/a"));
        File.CreateSymbolicLink(_command.File("other"), _command.File("crossed/b"));

        await _command.StoreAsync("The door is green.");

        var refused = await _command.InProcessAsync([command, _command.File(path), .. more.Select(m => m == "loop" ? _command.File(m) : m)]);

        refused.Code.ShouldBe(command == "import" && more.Length == 0 ? ExitCodes.Failed : ExitCodes.Usage, refused.Stderr);
        refused.Stderr.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(_command.File("loop")[..^4]);
    }

    public void Dispose() => _command.Dispose();

    private async Task<CommandResult> ImportAsync(string database, int code, params string[] arguments) =>
        (await CommandFixture.InProcessOnAsync(_command.File(database), ["import", .. arguments])).ShouldEnd(code);

    private async Task<string> ListedAsync(string database, string ns) => string.Join('|', (await CommandFixture.InProcessOnAsync(
        _command.File(database), "list", "--json", "--namespace", ns)).ShouldEnd(0).Json.EnumerateArray().Select(static m => m.GetProperty("content").GetString()));
}
