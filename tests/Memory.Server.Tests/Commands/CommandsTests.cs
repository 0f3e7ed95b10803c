using System.Text.RegularExpressions;
using Memory.Server.Commands;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Commands;

public sealed class CommandsTests : IDisposable
{
    private readonly CommandFixture _command = new();

    [Fact]
    public async Task Memories_are_stored_listed_shown_recalled_consolidated_undone_and_forgotten()
    {
        var first = (await _command.RunAsync("store", "The deploy is on Friday.", "--kind", "decision", "--tag", "release", "--json")).ShouldEnd(0).Json;
        var id = first.GetProperty("memories")[0].GetProperty("id").GetString()!;
        (await _command.RunAsync("store", "A deploy is on Friday", "--kind", "decision", "--source", "agent")).ShouldEnd(0).Stdout.ShouldStartWith("Stored ");

        (await _command.RunAsync("list")).ShouldEnd(0).Stdout.ShouldContain("The deploy is on Friday.");
        (await _command.RunAsync("show", id, "--json")).ShouldEnd(0).Json.GetProperty("evidence")[0].GetProperty("kind").GetString().ShouldBe("asserted");
        var guess = (await _command.RunAsync("store", "Maybe the pump is red.", "--json")).ShouldEnd(0).Json.GetProperty("memories")[0].GetProperty("id").GetString()!;
        (await _command.RunAsync("show", guess)).ShouldEnd(0).Stdout.ShouldContain("asserted (hedged)");
        (await _command.RunAsync("recall", "when", "is", "the", "deploy")).ShouldEnd(0).Stdout.ShouldContain(id);

        var dry = (await _command.RunAsync("consolidate", "--dry-run")).ShouldEnd(0).Stdout;
        dry.ShouldContain("@@ unit 1: ");
        dry.ShouldContain("- [");
        dry.ShouldContain("active -> merged");
        var plan = dry[(dry.IndexOf("--apply ", StringComparison.Ordinal) + 8)..].Trim();
        (await _command.RunAsync("consolidate", "--apply", plan, "--json")).ShouldEnd(0).Json.GetProperty("merged").GetInt32().ShouldBe(1);
        (await _command.RunAsync("consolidate", "--apply", plan)).ShouldEnd(ExitCodes.Conflict).Stderr.ShouldContain("carried out already");
        (await _command.RunAsync("runs", "--json")).ShouldEnd(0).Json[0].GetProperty("run").GetString().ShouldBe(plan);
        (await _command.RunAsync("undo", plan)).ShouldEnd(0);
        (await _command.RunAsync("list", "--json")).ShouldEnd(0).Json.GetArrayLength().ShouldBe(3);

        (await _command.RunAsync("forget", id)).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("--yes");
        (await _command.RunAsync("forget", id, "--yes")).ShouldEnd(0).Stdout.ShouldContain(id);
        (await _command.RunAsync("status", "--json")).ShouldEnd(0).Json.GetProperty("states").GetProperty("forgotten").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_begins_with_a_sign_of_files_or_options_is_stored_and_sought_as_it_is_or_refused()
    {
        (await _command.InProcessAsync("store", "@ana prefers tea", "--tag", "@team", "--source", "@bob")).ShouldEnd(0);
        (await _command.InProcessAsync("store", "@/etc/hostname")).ShouldEnd(0);
        (await _command.InProcessAsync("store", "--hlp")).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("There is no option '--hlp'");

        (await _command.InProcessAsync("recall", "@ana")).ShouldEnd(0).Stdout.ShouldContain("@ana prefers tea");
        (await _command.InProcessAsync("list", "--json")).ShouldEnd(0).Json.EnumerateArray().Select(static m => m.GetProperty("content").GetString())
            .ShouldBe(["@ana prefers tea", "@/etc/hostname"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_not_imported()
    {
        await _command.StoreAsync("Kept where it is.");

        (await CommandFixture.InProcessOnAsync(_command.File("other.db"), "import", _command.Database)).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("cannot be told from its beginning");
    }

    [Fact]
    public async Task What_goes_out_comes_in_again()
    {
        await _command.StoreAsync("Ana lives in Ghent.");
        var file = _command.File("export.jsonl");
        (await _command.RunAsync("export", file)).ShouldEnd(0).Stdout.ShouldContain("1 memories");
        (await _command.RunAsync("export", file)).ShouldEnd(ExitCodes.Conflict).Stderr.ShouldContain("--force");
        (await _command.RunAsync("export", "-")).ShouldEnd(0).Stdout.ShouldBe(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await File.AppendAllTextAsync(file, "nonsense\n", TestContext.Current.CancellationToken);

        var other = _command.File("other.db");
        var report = _command.File("report.txt");
        var import = (await CommandFixture.RunOnAsync(other, "import", file, "--report", report, "--json")).ShouldEnd(ExitCodes.Partly).Json;

        import.GetProperty("imported").GetInt32().ShouldBe(1);
        (await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken)).ShouldStartWith("line 3: ");
        (await CommandFixture.RunOnAsync(other, "recall", "where does Ana live")).ShouldEnd(0).Stdout.ShouldContain("Ghent");
        (await CommandFixture.RunOnAsync(other, "import", _command.File("missing"))).ShouldEnd(ExitCodes.NotFound).Stderr.ShouldContain("There is no file");
    }

    [Fact]
    public async Task Nothing_is_written_in_the_place_of_the_database_or_of_what_is_read()
    {
        await using var server = await ServerProcess.ServeAsync(_command.Database);
        await server.StoreAsync("Kept whatever is exported where.");
        await File.WriteAllTextAsync(_command.File("list.txt"), "- A line of a list\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_command.File("linked.db"), _command.Database);
        string[][] all =
        [
            ["export", "memory.db", "--force"], ["export", "memory.db-wal", "--force"], ["export", "linked.db", "--force"],
            ["backup", "memory.db", "--force"], ["backup", "memory.db-wal", "--force"], ["backup", "linked.db", "--force"], ["backup", "memory.db.backups/mine.db"],
            ["import", "list.txt", "--report", "memory.db"], ["import", "list.txt", "--report", "list.txt"], ["import", "list.txt", "--report", "nowhere/report.txt"],
        ];
        foreach (var typed in all)
        {
            var refused = await _command.InProcessAsync([typed[0], .. typed.Skip(1).Select(t => t.StartsWith('-') ? t : _command.File(t))]);

            refused.Code.ShouldBeOneOf([ExitCodes.Conflict, ExitCodes.Failed], string.Join(' ', typed));
            refused.Stderr.ShouldNotContain("Unhandled");
            (await File.ReadAllTextAsync(_command.File("list.txt"), TestContext.Current.CancellationToken)).ShouldBe("- A line of a list\n");
        }

        await server.StoreAsync("Stored after that.");
        await server.LeaveAsync();
        (await _command.InProcessAsync("list", "--json")).ShouldEnd(0).Json.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Backup_is_restored_only_where_it_was_asked_for_and_nobody_is_at_work()
    {
        await _command.StoreAsync("Kept.");
        var copy = _command.File("copy.db");
        (await _command.RunAsync("backup", copy, "--json")).ShouldEnd(0).Json.GetProperty("memories").GetInt64().ShouldBe(1);
        (await _command.RunAsync("backup", copy)).ShouldEnd(ExitCodes.Conflict);
        foreach (var more in (string[][])[[], ["--force"]])
        {
            (await _command.RunAsync(["backup", Path.GetDirectoryName(copy)!, .. more])).ShouldEnd(ExitCodes.Usage).Stderr.ShouldContain("is a folder; name a file.");
        }

        await _command.StoreAsync("Stored after the backup.");

        (await _command.RunAsync("restore", copy)).ShouldEnd(ExitCodes.Conflict).Stderr.ShouldContain("2 memories");
        await using (var server = await ServerProcess.ServeAsync(_command.Database))
        {
            await server.PostAsync("status", "{}");
            (await _command.RunAsync("restore", copy, "--force")).ShouldEnd(ExitCodes.Busy).Stderr.ShouldContain("Another process");
        }

        var restored = (await _command.RunAsync("restore", copy, "--force", "--json")).ShouldEnd(0).Json;
        File.Exists(restored.GetProperty("kept").GetString()).ShouldBeTrue();
        (await _command.RunAsync("list", "--json")).ShouldEnd(0).Json.GetArrayLength().ShouldBe(1);
        (await _command.RunAsync("doctor")).ShouldEnd(0).Stdout.ShouldContain("All is well.");
        (await _command.RunAsync("restore", _command.File("missing.db"))).ShouldEnd(ExitCodes.NotFound);
    }

    [Fact]
    public async Task Doctor_finds_and_replaces_a_vector_of_another_text()
    {
        await _command.StoreAsync("The kettle boils at noon.");
        await _command.StoreAsync("Harbor ships its parcels on Fridays.");
        await using (var connection = new SqliteConnection($"Data Source={_command.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var swap = connection.CreateCommand();
            swap.CommandText = "UPDATE vectors SET (scale, vector) = (SELECT scale, vector FROM vectors WHERE memory = 1) WHERE memory = 2";
            (await swap.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var found = (await _command.InProcessAsync("doctor", "--json")).ShouldEnd(ExitCodes.Partly).Json.GetProperty("findings")[0];
        (found.GetProperty("check").GetString(), found.GetProperty("can_repair").GetBoolean(), found.GetProperty("repaired").GetBoolean()).ShouldBe(("vectors", true, false));
        (await _command.InProcessAsync("doctor", "--repair")).ShouldEnd(0).Stdout.ShouldContain("repaired: vectors: 1 memories of namespace default have a vector of static/");
        (await _command.InProcessAsync("doctor", "--all")).ShouldEnd(0).Stdout.ShouldBe("All is well.\n");
    }

    [Theory]
    [InlineData(2, "'nonsense'", "show", "nonsense")]
    [InlineData(3, "No memory", "show", "0123456789ab")]
    [InlineData(3, "No run", "undo", "20260101-000000-aaaaaa")]
    [InlineData(3, "There is no file", "import", "missing.jsonl")]
    [InlineData(3, "There is no file", "restore", "missing.db")]
    [InlineData(3, "No key", "keys", "revoke", "nobody")]
    [InlineData(3, "There is no catalogue", "models", "list", "--catalog", "missing.json")]
    [InlineData(2, "--kind", "store", "x", "--kind", "lie")]
    [InlineData(2, "There is no option '--limt'", "recall", "harbor", "--limt", "3")]
    [InlineData(2, "Allowed", "recall", "x", "--limit", "1000")]
    [InlineData(2, "completion", "completion", "csh")]
    [InlineData(2, "chatty", "list", "--log-level", "chatty")]
    [InlineData(2, "one of create, list, rotate, revoke", "keys")]
    [InlineData(2, "--expires", "keys", "create", "--name", "a", "--namespaces", "*", "--scopes", "read", "--expires", "soon")]
    [InlineData(2, "http or https", "health", "ftp://x")]
    [InlineData(2, "neither with '..' in it", "recall", "x", "--embeddings", "onnx:../..")]
    [InlineData(2, "neither with '..' in it", "status", "--embeddings", "onnx:/models/../etc")]
    [InlineData(2, "neither with '..' in it", "status", "--embeddings", @"onnx:..\models")]
    public async Task What_cannot_be_done_says_why_on_stderr_and_ends_with_its_code(int code, string said, params string[] arguments)
    {
        await _command.StoreAsync("Tea is at four.");

        var result = (await _command.InProcessAsync(arguments)).ShouldEnd(code);
        var json = (await _command.InProcessAsync([.. arguments, "--json"])).ShouldEnd(code);

        result.Stdout.ShouldBeEmpty();
        result.Stderr.ShouldContain(said, Case.Insensitive);
        var error = json.Json.GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldContain(said, Case.Insensitive);
        error.GetProperty("exit_code").GetInt32().ShouldBe(code);
        error.GetProperty("code").GetString().ShouldBe(code == ExitCodes.NotFound ? "not_found" : "invalid");
    }

    [Theory]
    [InlineData("--apply carries out exactly what its plan says", "consolidate", "--dry-run", "--apply", "20260101-000000-aaaaaa")]
    [InlineData("--apply carries out exactly what its plan says", "consolidate", "--full", "--apply", "20260101-000000-aaaaaa")]
    [InlineData("--wait is not allowed", "consolidate", "--dry-run", "--wait", "3")]
    [InlineData("--apply is 'x'; a name such as", "consolidate", "--apply", "x")]
    [InlineData("--wait is '601'; a whole number from 0 to 600", "consolidate", "--wait", "601")]
    [InlineData("run is 'x'; a name such as", "undo", "x")]
    [InlineData("--limit is '0'; a whole number from 1 to 100000", "list", "--limit", "0")]
    [InlineData("--limit is '-1'; a whole number from 1 to 100000", "runs", "--limit", "-1")]
    [InlineData("--limit is 'ten'; a whole number from 1 to 50", "recall", "x", "--limit", "ten")]
    [InlineData("--importance is '2'; a number from 0 to 1", "store", "x", "--importance", "2")]
    [InlineData("--importance is 'NaN'; a number from 0 to 1", "store", "x", "--importance", "NaN")]
    [InlineData("--kind is 'lie'; fact, preference, decision, procedure, event, note are allowed", "store", "x", "--kind", "lie")]
    [InlineData("--kind is 'lie'; fact, preference, decision, procedure, event, note are allowed", "recall", "x", "--kind", "fact", "--kind", "lie")]
    [InlineData("--format is 'xml'; jsonl, markdown are allowed", "export", "x", "--format", "xml")]
    [InlineData("shell is 'csh'; bash, zsh, fish, pwsh are allowed", "completion", "csh")]
    [InlineData("memory-server keys create --help", "keys", "create")]
    [InlineData("After 'keys' one of create, list, rotate, revoke is allowed", "keys")]
    [InlineData("After 'keys' one of create, list, rotate, revoke is allowed", "keys", "bogus")]
    [InlineData("--from is '../x'", "import", "x", "--from", "../x")]
    [InlineData("--from is not allowed beside it", "import", "x", "--from", "x", "--all")]
    public async Task Options_that_do_not_go_together_or_out_of_range_are_refused_with_what_is_allowed(string said, params string[] arguments)
    {
        var result = (await _command.InProcessAsync(arguments)).ShouldEnd(ExitCodes.Usage);

        result.Stdout.ShouldBeEmpty();
        result.Stderr.ShouldContain(said);
        result.Stderr.ShouldNotContain("undo_run");
        File.Exists(_command.Database).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_carried_out_in_this_process_is_what_the_executable_does()
    {
        foreach (var arguments in (string[][])[["store", "Tea is at four.", "--namespace", "mine"], ["list", "--namespace", "other"], ["show", "0123456789ab"], ["recall", "x", "--limit", "1000", "--json"], ["keys"]])
        {
            var (here, there) = (await _command.InProcessAsync(arguments), await CommandFixture.RunOnAsync(_command.File("other.db"), arguments));

            (here.Code, Unnamed(here.Stdout), here.Stderr).ShouldBe((there.Code, Unnamed(there.Stdout), there.Stderr));
        }

        static string Unnamed(string text) => Regex.Replace(text, "[a-z0-9]{12}", "(id)");
    }

    [Theory]
    [InlineData("no active memories in namespace 'mine'", "list", "--namespace", "mine")]
    [InlineData("'mine' was never consolidated", "runs", "--namespace", "mine")]
    public async Task Nothing_to_show_is_said(string said, params string[] arguments)
    {
        await _command.StoreAsync("Tea is at four.");

        (await _command.InProcessAsync(arguments)).ShouldEnd(0).Stdout.ShouldContain(said);
    }

    [Theory]
    [InlineData("recall", "tea")]
    [InlineData("list")]
    [InlineData("show", "0123456789ab")]
    [InlineData("status")]
    [InlineData("runs")]
    [InlineData("export", "-")]
    [InlineData("doctor", "--repair")]
    [InlineData("backup")]
    [InlineData("consolidate")]
    [InlineData("consolidate", "--dry-run")]
    [InlineData("undo", "20260101-000000-aaaaaa")]
    [InlineData("forget", "0123456789ab", "--yes")]
    [InlineData("keys", "list")]
    [InlineData("keys", "revoke", "ana")]
    [InlineData("keys", "rotate", "ana")]
    public async Task Where_there_is_no_database_it_is_said_and_none_is_made(params string[] arguments)
    {
        var result = (await _command.InProcessAsync(arguments)).ShouldEnd(ExitCodes.NotFound);
        var json = (await _command.InProcessAsync([.. arguments, "--json"])).ShouldEnd(ExitCodes.NotFound);

        result.Stdout.ShouldBeEmpty();
        result.Stderr.ShouldContain($"There is no database '{_command.Database}'");
        json.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("not_found");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(_command.Database)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_says_what_to_type_to_put_it_back()
    {
        await _command.StoreAsync("The deploy is on Friday.");
        (await _command.InProcessAsync("store", "A deploy is on Friday", "--source", "agent")).ShouldEnd(0);

        var told = (await _command.InProcessAsync("consolidate")).ShouldEnd(0).Stdout;

        told.ShouldNotContain("undo_run");
        var run = told[(told.IndexOf("memory-server undo ", StringComparison.Ordinal) + 19)..].Trim();
        (await _command.InProcessAsync("undo", run)).ShouldEnd(0);
        (await _command.InProcessAsync("runs", "--json", "--limit", "1")).ShouldEnd(0).Json[0].GetProperty("state").GetString().ShouldBe("undone");
    }

    [Fact]
    public async Task Status_says_what_to_type_to_see_what_waits_for_a_decision()
    {
        (await _command.InProcessAsync("store", "The nightly backup runs at 02:00.", "--source", "document:ops")).ShouldEnd(0);
        (await _command.InProcessAsync("store", "The nightly backup runs at 03:30.", "--source", "document:runbook")).ShouldEnd(0);
        (await _command.InProcessAsync("consolidate")).ShouldEnd(0);

        var status = (await _command.InProcessAsync("status")).ShouldEnd(0).Stdout;

        status.ShouldContain("1 contradictions wait for a decision");
        status.ShouldContain("memory-server consolidate --dry-run");
        status.ShouldNotContain("memory://");
        (await _command.InProcessAsync("consolidate", "--dry-run")).ShouldEnd(0).Stdout.ShouldContain("To decide: ");
    }

    public void Dispose() => _command.Dispose();
}
