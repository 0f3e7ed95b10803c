using System.Collections.Concurrent;
using System.Text.Json;

namespace Memory.Server.Tests.Faults;

public sealed class SharedFileTests
{
    private const int Processes = 4;
    private const int Stores = 500;

    // Each of these is recalled by another process as soon as it is acknowledged.
    private const int RecalledEach = 10;

    // Each of these says again, with an article more, what another process stored: work for consolidation.
    private const int RepeatedEach = 5;

    [Fact]
    public async Task Five_processes_on_one_file_lose_nothing_and_see_each_other_at_once()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        var servers = await Task.WhenAll(Enumerable.Range(0, Processes + 1).Select(_ => ServerProcess.ServeAsync(database)));
        try
        {
            var acknowledged = new ConcurrentDictionary<string, string>();
            ConcurrentQueue<string>[] latest = [.. Enumerable.Range(0, Processes).Select(static _ => new ConcurrentQueue<string>())];
            var storing = Task.WhenAll(Enumerable.Range(0, Processes).Select(p => Task.Run(() => StoreAndRecallAsync(servers[p], p, latest, acknowledged))));
            var (runs, merged) = await ConsolidateWhileAsync(servers[Processes], storing);
            await storing;

            runs.ShouldBeGreaterThan(0);
            merged.ShouldBeGreaterThan(0);
            var status = await SucceedAsync(servers[0], "status");
            status.GetProperty("healthy").GetBoolean().ShouldBeTrue(status.ToString());
            foreach (var server in servers)
            {
                (await server.LeaveAsync()).ExitCode.ShouldBe(0);
                server.Stderr.ShouldBeEmpty();
            }

            acknowledged.Count.ShouldBe(Processes * Stores);
            using var file = new DatabaseCopy(database);
            file.ShouldBeSound();
            file.Contents().OrderBy(static m => m.Key).ShouldBe(acknowledged.OrderBy(static m => m.Key));
            file.ShouldReachEveryMemory();
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Status_is_healthy_after_another_process_reorganised_the_index_that_this_one_searched()
    {
        using var folder = new TemporaryFolder();
        await using var reader = await ServerProcess.ServeAsync(folder.File("memory.db"));
        await using var writer = await ServerProcess.ServeAsync(folder.File("memory.db"));
        for (var round = 0; round < 5; round++)
        {
            await reader.RecallAsync("gauge");
            for (var i = 0; i < 40; i++)
            {
                await writer.StoreAsync($"gauge r{round}n{i} reads {i * 7} bar");
            }

            var status = await SucceedAsync(reader, "status");
            status.GetProperty("healthy").GetBoolean().ShouldBeTrue(status.ToString());
        }
    }

    private static async Task StoreAndRecallAsync(ServerProcess server, int process, ConcurrentQueue<string>[] latest, ConcurrentDictionary<string, string> acknowledged)
    {
        for (var i = 0; i < Stores; i++)
        {
            // Each of the others in turn.
            var other = (process + 1 + (i / RecalledEach % (Processes - 1))) % Processes;
            var statement = i % RepeatedEach == 0 && latest[other].TryDequeue(out var said)
                ? $"The {said}"
                : $"gauge p{process}n{i} reads {i * 7} bar";
            var id = (await SucceedAsync(server, "store", $$"""{"content":{{ServerProcess.Quote(statement)}}}""")).GetProperty("memories")[0].GetProperty("id").GetString()!;
            acknowledged.TryAdd(id, statement).ShouldBeTrue();
            latest[process].Enqueue(statement);

            if (i % RecalledEach == 0 && latest[other].ToArray() is [.., var newest])
            {
                var name = newest.Split(' ').Single(static word => word.StartsWith('p'));
                var found = await SucceedAsync(server, "recall", $$"""{"query":"{{name}}","limit":1}""");
                found.GetProperty("memories")[0].GetProperty("content").GetString()!.ShouldContain(name);
            }
        }
    }

    private static async Task<(int Runs, int Merged)> ConsolidateWhileAsync(ServerProcess server, Task storing)
    {
        var (runs, merged) = (0, 0);
        while (!storing.IsCompleted)
        {
            var report = await SucceedAsync(server, "consolidate", """{"scope":"full"}""");
            report.GetProperty("state").GetString().ShouldBe("completed");
            runs++;
            merged += report.GetProperty("merged").GetInt32();
        }

        return (runs, merged);
    }

    private static async Task<JsonElement> SucceedAsync(ServerProcess server, string tool, string arguments = "{}")
    {
        var result = await server.CallAsync(tool, arguments);
        result.TryGetProperty("structuredContent", out var data).ShouldBeTrue(result.ToString());
        return data;
    }
}
