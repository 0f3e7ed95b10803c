namespace Memory.Server.Tests.Faults;

public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Stores = 2_000;
    private const int BatchSize = 3;

    private const int LastKill = 350;

    // Enough to be committed in groups, and few enough that an answer tells how far the server has come.
    private const int InFlight = 64;

    [Fact]
    public async Task Kill_amid_stores_loses_nothing_acknowledged()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var database = folder.File("memory.db");
        var acknowledged = new Dictionary<string, string>();
        var batches = new List<string[]>();

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.ServeAsync(database);
            var answered = await StoreUntilKilledAsync(server, kill, random, acknowledged, batches);
            answered.ShouldBeInRange(1, Stores - 1, "the kill did not fall into the stream");
            output.WriteLine($"kill {kill}: {answered} stores answered");
        }

        await using (var server = await ServerProcess.ServeAsync(database))
        {
            var status = (await server.CallAsync("status")).GetProperty("structuredContent");
            status.GetProperty("healthy").GetBoolean().ShouldBeTrue(status.ToString());
            foreach (var (_, content) in random.GetItems(acknowledged.ToArray(), 20))
            {
                (await server.RecallAsync(content.Split(' ')[0], limit: 1)).ShouldBe([content]);
            }

            (await server.LeaveAsync()).ExitCode.ShouldBe(0);
        }

        using var file = new DatabaseCopy(database);
        file.ShouldBeSound();
        var stored = file.Contents();
        acknowledged.Where(a => !stored.TryGetValue(a.Key, out var content) || content != a.Value).ShouldBeEmpty();
        stored.Values.ShouldBeUnique();
        var contents = stored.Values.ToHashSet();
        batches.Select(batch => batch.Count(contents.Contains)).Distinct().ShouldBeSubsetOf([0, BatchSize], "a batch was stored in part");
    }

    /// <summary>Sends the stream, many requests at a time, kills the server at a random place, and reads what it had answered until then.</summary>
    private static async Task<int> StoreUntilKilledAsync(
        ServerProcess server, int kill, Random random, Dictionary<string, string> acknowledged, List<string[]> batches)
    {
        var killAt = random.Next(1, LastKill);
        var firstId = server.NextId;
        var requests = Enumerable.Range(0, Stores).Select(i => Statements(kill, i, random)).ToArray();
        batches.AddRange(requests.Where(static r => r.Length > 1));
        using var free = new SemaphoreSlim(InFlight);
        using var killed = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            try
            {
                foreach (var statements in requests)
                {
                    await free.WaitAsync(killed.Token);
                    await server.PostAsync("store", $$"""{"memories":[{{string.Join(',', statements.Select(static s => $$"""{"content":{{ServerProcess.Quote(s)}}}"""))}}]}""");
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The server is dead.
            }
        });

        var (answered, killing) = (0, Task.CompletedTask);
        while (await server.ReadAsync() is { } answer)
        {
            var statements = requests[answer.GetProperty("id").GetInt32() - firstId];
            var ids = answer.GetProperty("result").GetProperty("structuredContent").GetProperty("memories").EnumerateArray().Select(static m => m.GetProperty("id").GetString()!);
            foreach (var (id, statement) in ids.Zip(statements))
            {
                acknowledged.Add(id, statement);
            }

            free.Release();
            if (++answered == killAt)
            {
                killing = Task.Run(server.KillAsync);
            }
        }

        await killing;
        await killed.CancelAsync();
        await sending;
        return answered;
    }

    // Of many lengths, so that commits span one page and many; some in a script of the other index; every tenth request is a batch.
    private static string[] Statements(int kill, int request, Random random) =>
    [
        .. Enumerable.Range(0, request % 10 == 0 ? BatchSize : 1).Select(i =>
            $"k{kill}r{request}n{i} " + (request % 7 == 0 ? $"{Han(random)}{Han(random)} " : "") + string.Join(' ', Enumerable.Range(0, random.Next(20) == 0 ? 300 : random.Next(12)).Select(_ => $"w{random.Next(100_000)}"))),
    ];

    private static char Han(Random random) => (char)random.Next(0x4E00, 0x9FA5);
}
