using Memory.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Faults;

public sealed class UnusableFileTests
{
    private const int PageBytes = 4096;
    private const string Known = "The harbour opens at seven.";

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        Query(database, "PRAGMA user_version = 99");
        await ShouldRefuseAsync(database, "was written by a newer version", "schema 99", "The file was not touched");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Query(folder.File("other.db"), "CREATE TABLE memories (id INTEGER, content TEXT); INSERT INTO memories VALUES (1, 'mine')");
        await ShouldRefuseAsync(folder.File("other.db"), "is a database of another program", "It was not touched");
    }

    [Fact]
    public async Task A_database_of_another_program_with_our_version_number_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        Query(folder.File("other.db"), "CREATE TABLE songs (name TEXT); PRAGMA user_version = 1");
        await ShouldRefuseAsync(folder.File("other.db"), "is a database of another program", "It was not touched");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("notes.txt"), string.Join('\n', Enumerable.Range(0, 500).Select(static i => $"line {i} of my diary")));
        await ShouldRefuseAsync(folder.File("notes.txt"), "is not a database", "It was not touched", "Name another file with --db or MEMORY_DB, or move this one away");
    }

    [Fact]
    public async Task A_database_with_a_damaged_header_is_refused_and_the_backup_is_named()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        var backup = await BackupAsync(database);
        Overwrite(database, at: 0, length: 100);
        await ShouldRefuseAsync(database, "is damaged", $"The newest backup is '{backup}'");

        // What the message says to do works, and keeps what there was.
        await using (var restore = ServerProcess.Start(["restore", backup, "--force", "--db", database]))
        {
            (await restore.WaitAsync()).ShouldBe(0, restore.Stderr);
        }

        Directory.EnumerateFiles(folder.Path, "memory.db.damaged-*").ShouldHaveSingleItem();
        await using var server = await ServerProcess.ServeAsync(database);
        (await server.RecallAsync("harbour")).ShouldBe([Known]);
    }

    [Fact]
    public async Task A_database_that_was_cut_to_nothing_is_told_with_its_backup_and_not_begun_anew()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        var backup = await BackupAsync(database);
        await File.WriteAllBytesAsync(database, []);
        await ShouldRefuseAsync(database, "is damaged (the file is empty)", $"The newest backup is '{backup}'");
        foreach (string[] command in (string[][])[["doctor"], ["list"], ["status"], ["recall", "harbour"], ["show", "zzzzzzzzzzzz"], ["export", "-"], ["backup"], ["keys", "list"], ["store", "The harbour closes."]])
        {
            (await RunAsync(database, command)).ShouldSatisfyAllConditions(
                r => r.ExitCode.ShouldBe(1, string.Join(' ', command)),
                r => r.Stderr.ShouldContain($"The newest backup is '{backup}': stop all servers and run 'memory-server restore' on it"));
            new FileInfo(database).Length.ShouldBe(0, string.Join(' ', command));
        }

        (await RunAsync(database, "restore", backup)).ExitCode.ShouldBe(0);
        await using var server = await ServerProcess.ServeAsync(database);
        (await server.RecallAsync("harbour")).ShouldBe([Known]);
    }

    [Fact]
    public async Task An_empty_file_beside_its_log_is_told_and_neither_is_touched()
    {
        using var folder = new TemporaryFolder();
        var (database, log, backup) = (folder.File("memory.db"), folder.File("memory.db-wal"), folder.File("copy.db"));
        await using (var server = await ServerProcess.ServeAsync(database))
        {
            await server.StoreAsync(Known);
            (await RunAsync(database, "backup", backup)).ExitCode.ShouldBe(0);
            await server.StoreAsync("The lighthouse is painted white.");
            await server.KillAsync();
        }

        await File.WriteAllBytesAsync(database, []);
        var left = await File.ReadAllBytesAsync(log);
        left.ShouldNotBeEmpty();
        foreach (string[] command in (string[][])[["doctor"], ["list"], ["store", "The harbour closes."], ["restore", backup]])
        {
            (await RunAsync(database, command)).ShouldSatisfyAllConditions(
                r => r.ExitCode.ShouldBe(command[0] == "restore" ? 4 : 1, string.Join(' ', command)),
                r => r.Stderr.ShouldContain(command[0] == "restore" ? "With --force it is moved aside." : $"the file is empty, and '{log}' beside it is not"));
            (await File.ReadAllBytesAsync(log)).ShouldBe(left, string.Join(' ', command));
        }

        (await RunAsync(database, "restore", backup, "--force")).ExitCode.ShouldBe(0);
        (await File.ReadAllBytesAsync(Directory.EnumerateFiles(folder.Path, "memory.db.damaged-*-wal").ShouldHaveSingleItem())).ShouldBe(left);
    }

    [Fact]
    public async Task An_empty_file_without_backups_is_left_to_who_makes_databases()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("made.db");
        await File.WriteAllBytesAsync(database, []);
        foreach (string[] command in (string[][])[["doctor"], ["list"], ["export", "-"]])
        {
            (await RunAsync(database, command)).ShouldBe((3, $"There is no database in '{database}': the file is empty. The first 'memory-server store', 'import' or 'serve' makes one in it; --db or MEMORY_DB names another."));
            new FileInfo(database).Length.ShouldBe(0, string.Join(' ', command));
        }

        (await RunAsync(database, "store", Known)).ExitCode.ShouldBe(0);
        await using var server = await ServerProcess.ServeAsync(database);
        (await server.RecallAsync("harbour")).ShouldBe([Known]);
    }

    [Fact]
    public async Task A_database_with_damaged_pages_says_so_and_names_the_backup()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        var backup = await BackupAsync(database);
        Overwrite(database, at: PageBytes, length: (int)new FileInfo(database).Length - PageBytes);

        await using var server = await ServerProcess.ServeAsync(database);
        foreach (var (tool, arguments) in Calls)
        {
            var result = await server.CallAsync(tool, arguments);
            result.GetProperty("isError").GetBoolean().ShouldBeTrue(result.ToString());
            ServerProcess.Text(result).ShouldContain("is damaged");
            ServerProcess.Text(result).ShouldContain($"The newest backup is '{backup}'");
        }
    }

    [Fact]
    public async Task A_database_with_one_damaged_page_recalls_what_it_can_and_status_names_the_backup()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        var backup = await BackupAsync(database);
        var page = Query(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'recalls_last'");
        Overwrite(database, at: (int)(page!.Value - 1) * PageBytes, length: PageBytes);

        await using var server = await ServerProcess.ServeAsync(database);
        (await server.RecallAsync("harbour")).ShouldBe([Known]);
        await ShouldBeUnhealthyAsync(server, backup);
    }

    [Fact]
    public async Task A_full_text_index_that_lacks_a_memory_makes_status_unhealthy()
    {
        using var folder = new TemporaryFolder();
        var database = await StoredAsync(folder);
        var backup = await BackupAsync(database);
        Query(database, $"INSERT INTO memory_words (memory_words, rowid, content) SELECT 'delete', row, content FROM memories WHERE content = '{Known}'");

        await using var server = await ServerProcess.ServeAsync(database);
        await ShouldBeUnhealthyAsync(server, backup);
    }

    private static (string Tool, string Arguments)[] Calls =>
    [
        ("store", """{"content":"The harbour closes at nine."}"""),
        ("recall", """{"query":"harbour"}"""),
        ("status", "{}"),
        ("consolidate", "{}"),
    ];

    private static async Task ShouldBeUnhealthyAsync(ServerProcess server, string backup)
    {
        var status = (await server.CallAsync("status")).GetProperty("structuredContent");
        status.GetProperty("healthy").GetBoolean().ShouldBeFalse();
        status.GetProperty("damage").GetString()!.ShouldContain($"The newest backup is '{backup}'");
    }

    private static async Task ShouldRefuseAsync(string database, params string[] reasons)
    {
        var before = await File.ReadAllBytesAsync(database);
        await using (var server = await ServerProcess.ServeAsync(database))
        {
            foreach (var (tool, arguments) in Calls)
            {
                var result = await server.CallAsync(tool, arguments);
                result.GetProperty("isError").GetBoolean().ShouldBeTrue(result.ToString());
                ShouldSay(ServerProcess.Text(result));
            }

            var resource = await server.RequestAsync("resources/read", """{"uri":"memory://default/snapshot"}""");
            ShouldSay(resource.GetProperty("error").GetProperty("message").GetString()!);
            (await server.LeaveAsync()).ExitCode.ShouldBe(0);
            ShouldSay(server.Stderr);
            server.Stderr.ShouldNotContain("   at Memory.", Case.Sensitive, "an expected failure is told in a line, its trace at Debug");
        }

        (await File.ReadAllBytesAsync(database)).ShouldBe(before);
        File.Exists(database + "-wal").ShouldBeFalse();

        void ShouldSay(string text)
        {
            foreach (var reason in reasons.Append(database))
            {
                text.ShouldContain(reason);
            }
        }
    }

    private static async Task<string> StoredAsync(TemporaryFolder folder)
    {
        var database = folder.File("memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await server.StoreAsync(Known);
        await server.LeaveAsync();
        return database;
    }

    private static async Task<string> BackupAsync(string database)
    {
        await using var store = new SqliteMemoryStore(database, TimeProvider.System);
        return await store.BackupAsync();
    }

    private static async Task<(int ExitCode, string Stderr)> RunAsync(string database, params string[] command)
    {
        await using var process = ServerProcess.Start([.. command, "--db", database]);
        return (await process.WaitAsync(), process.Stderr.TrimEnd());
    }

    private static void Overwrite(string file, int at, int length)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = at;
        stream.Write(Enumerable.Repeat((byte)0xA5, length).ToArray());
    }

    private static long? Query(string database, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long?;
    }
}
