using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Memory.Server.Tests.Faults;

[CollectionDefinition(nameof(LifecycleTests), DisableParallelization = true)]
[Collection(nameof(LifecycleTests))]
public sealed class LifecycleTests(UnconsolidatedStore unconsolidated) : IClassFixture<UnconsolidatedStore>
{
    private const int InFlight = 200;
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task End_of_input_answers_what_is_in_flight_and_ends_in_two_seconds()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync(folder.File("memory.db"));
        await server.StoreAsync("The store is open.");
        var answers = await PostStoresAsync(server);

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
        var acknowledged = await answers;
        acknowledged.Count.ShouldBe(InFlight);
        ShouldHold(folder.File("memory.db"), acknowledged);
    }

    [Fact]
    public async Task End_of_input_does_not_wait_for_a_subscription()
    {
        const string Meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}""";
        using var folder = new TemporaryFolder();
        await using var server = ServerProcess.Start(["serve", "--db", folder.File("memory.db"), "--schedule", "off", "--log-level", "Information"]);
        await server.SendLineAsync($$$"""{"jsonrpc":"2.0","id":"listen","method":"subscriptions/listen","params":{"_meta":{{{Meta}}},"notifications":{} } }""");
        (await server.ReadAsync()).ShouldNotBeNull().GetProperty("method").GetString().ShouldBe("notifications/subscriptions/acknowledged");
        await server.SendLineAsync($$$"""{"jsonrpc":"2.0","id":"store","method":"tools/call","params":{"name":"store","arguments":{"content":"The last word."},"_meta":{{{Meta}}}}}""");

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
        (await server.ReadAsync()).ShouldNotBeNull().GetProperty("id").GetString().ShouldBe("store");
        server.Stderr.ShouldNotContain("Input ended while");
    }

    [Fact]
    public async Task End_of_input_amid_consolidation_ends_in_two_seconds_with_a_valid_store()
    {
        using var folder = new TemporaryFolder();
        var database = unconsolidated.CopyTo(folder.Path, "memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await StartConsolidationAsync(server);
        var rest = ReadToEndAsync(server);

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
        await rest;
        await ShouldBeFinishedByNextRunAsync(database);
    }

    [Fact]
    public async Task End_of_input_gives_up_a_consolidation_that_takes_too_long()
    {
        using var folder = new TemporaryFolder();
        var database = unconsolidated.CopyTo(folder.Path, "memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await server.RecallAsync("valve");
        var gaveUp = server.WhenLoggedAsync("Input ended while 1 requests were not yet answered");

        // As long as another process writes, the run cannot begin.
        using (var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString()))
        {
            writer.Open();
            using var lockOut = writer.BeginTransaction();
            await server.PostAsync("consolidate", "{}");
            var leaving = server.LeaveAsync();
            await gaveUp;
            lockOut.Rollback();

            var (exitCode, took) = await leaving;
            exitCode.ShouldBe(0);
            took.ShouldBeLessThan(TimeToEnd);
        }

        using var ended = new DatabaseCopy(database);
        ended.ShouldBeSound();
        ended.Count("SELECT count(*) FROM runs WHERE state <> 'cancelled'").ShouldBe(0);
    }

    [Fact]
    public async Task End_of_input_while_another_process_goes_on_writing_ends_in_two_seconds_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await server.StoreAsync("The store is open.");
        await server.RecallAsync("store");
        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        writer.Open();
        using var lockOut = writer.BeginTransaction();
        await server.PostAsync("store", """{"content":"This one cannot be stored."}""");

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
    }

    [Fact]
    public async Task End_of_input_of_a_server_that_started_while_another_process_was_writing_ends_in_two_seconds()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await using (var before = await ServerProcess.ServeAsync(database))
        {
            await before.StoreAsync("The store is there.");
            await before.LeaveAsync();
        }

        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        writer.Open();
        using var lockOut = writer.BeginTransaction();
        await using var server = await ServerProcess.ServeAsync(database);
        (await server.RecallAsync("store")).ShouldBe(["The store is there."]);

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
    }

    [Fact]
    public async Task End_of_input_amid_a_consolidation_that_another_process_holds_up_ends_in_two_seconds_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var database = unconsolidated.CopyTo(folder.Path, "memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await StartConsolidationAsync(server);
        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        writer.Open();
        using var lockOut = writer.BeginTransaction();
        var rest = ReadToEndAsync(server);

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
        await rest;
        lockOut.Rollback();
        using var ended = new DatabaseCopy(database);
        ended.ShouldBeSound();
    }

    [Fact]
    public async Task End_of_input_amid_an_undo_that_waits_for_another_process_ends_in_two_seconds_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await server.StoreAsync("The harbor gate opens at six.");
        await server.StoreAsync("the harbor gate opens at six");
        await server.StoreAsync("A harbor gate opens at six!");
        var run = (await server.CallAsync("consolidate")).GetProperty("structuredContent");
        run.GetProperty("merged").GetInt32().ShouldBeGreaterThan(0);
        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        writer.Open();
        using var lockOut = writer.BeginTransaction();
        await server.PostAsync("consolidate", $$"""{"undo_run":"{{run.GetProperty("run").GetString()}}"}""");

        var (exitCode, took) = await server.LeaveAsync();

        exitCode.ShouldBe(0);
        took.ShouldBeLessThan(TimeToEnd);
        server.Stderr.ShouldContain("Input ended while 1 requests were not yet answered");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task Signal_of_a_terminal_ends_the_server_in_order(string signal)
    {
        using var folder = new TemporaryFolder();
        // Whoever runs the tests in the background may have told their processes to ignore both.
        using var server = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT,QUIT", ServerProcess.Executable, "serve", "--db", folder.File("memory.db"), "--schedule", "off"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
            await server.StandardInput.FlushAsync();
            (await server.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience)).ShouldNotBeNull();

            using var kill = Process.Start("kill", [$"-{signal}", $"{server.Id}"]);
            await server.WaitForExitAsync().WaitAsync(ServerProcess.Patience);

            server.ExitCode.ShouldBe(0);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task Termination_ends_in_two_seconds_with_every_answered_store_on_disk()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.ServeAsync(folder.File("memory.db"));
        await server.StoreAsync("The store is open.");
        var answers = await PostStoresAsync(server);

        var started = Stopwatch.GetTimestamp();
        await server.TerminateAsync();
        (await server.WaitAsync()).ShouldBe(0);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeToEnd);
        ShouldHold(folder.File("memory.db"), await answers);
    }

    [Fact]
    public async Task Termination_amid_consolidation_ends_in_two_seconds_with_a_valid_store()
    {
        using var folder = new TemporaryFolder();
        var database = unconsolidated.CopyTo(folder.Path, "memory.db");
        await using var server = await ServerProcess.ServeAsync(database);
        await StartConsolidationAsync(server);
        var rest = ReadToEndAsync(server);

        var started = Stopwatch.GetTimestamp();
        await server.TerminateAsync();
        (await server.WaitAsync()).ShouldBe(0);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeToEnd);
        await rest;
        await ShouldBeFinishedByNextRunAsync(database);
    }

    /// <summary>Sends the stores without waiting and, once the first is answered, yields the reading of the others.</summary>
    private static async Task<Task<Dictionary<string, string>>> PostStoresAsync(ServerProcess server)
    {
        var sent = new Dictionary<int, string>();
        for (var i = 0; i < InFlight; i++)
        {
            sent.Add(await server.PostAsync("store", $$"""{"content":"Bolt {{i}} has {{i * 7}} threads."}"""), $"Bolt {i} has {i * 7} threads.");
        }

        var acknowledged = new Dictionary<string, string>();
        await ReadAnswerAsync();
        return ReadAnswersAsync();

        async Task<Dictionary<string, string>> ReadAnswersAsync()
        {
            while (await ReadAnswerAsync())
            {
                // Until the server closes its output.
            }

            return acknowledged;
        }

        async Task<bool> ReadAnswerAsync()
        {
            var answer = await server.ReadAsync();
            if (answer is { } line && line.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out var stored))
            {
                acknowledged.Add(stored.GetProperty("memories")[0].GetProperty("id").GetString()!, sent[line.GetProperty("id").GetInt32()]);
            }

            return answer is not null;
        }
    }

    private static async Task StartConsolidationAsync(ServerProcess server)
    {
        await server.SendLineAsync("""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"consolidate","_meta":{"progressToken":"p"}}}""");
        while (await server.ReadAsync() is { } message && !message.GetProperty("params").GetProperty("message").GetString()!.StartsWith("merge 1", StringComparison.Ordinal))
        {
            // Not yet amid the merges.
        }
    }

    private static async Task ReadToEndAsync(ServerProcess server)
    {
        while (await server.ReadAsync() is not null)
        {
            // An unread pipe would hold the server up.
        }
    }

    private static void ShouldHold(string database, Dictionary<string, string> acknowledged)
    {
        using var file = new DatabaseCopy(database);
        file.ShouldBeSound();
        var stored = file.Contents();
        acknowledged.Where(a => !stored.TryGetValue(a.Key, out var content) || content != a.Value).ShouldBeEmpty();
    }

    private async Task ShouldBeFinishedByNextRunAsync(string database)
    {
        using (var ended = new DatabaseCopy(database))
        {
            ended.ShouldBeSound();
            ended.ShouldReachEveryMemory();
            ended.Query("SELECT state FROM runs", static r => r.GetString(0)).ShouldBeSubsetOf(["completed", "cancelled"]);
            ended.Count("SELECT count(*) FROM leases").ShouldBe(0);
        }

        await using (var next = await ServerProcess.ServeAsync(database))
        {
            (await next.CallAsync("consolidate")).GetProperty("structuredContent").GetProperty("state").GetString().ShouldBe("completed");
            await next.LeaveAsync();
        }

        using var finished = new DatabaseCopy(database);
        StoredState.Of(finished).Select(static m => (m.Content, m.State, m.MergedInto)).ShouldBe(unconsolidated.Consolidated.Select(static m => (m.Content, m.State, m.MergedInto)));
    }
}
