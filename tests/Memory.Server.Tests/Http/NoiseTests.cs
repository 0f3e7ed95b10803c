using System.Diagnostics;
using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Storage.Sqlite;

namespace Memory.Server.Tests.Http;

/// <summary>What a noisy key costs a quiet one that stores. Bounds are wide, for busy machines; without turns they are exceeded many times over.</summary>
public sealed class NoiseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _stored;

    private string Database => _folder.File("memory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_quiet_key_stores_beside_a_noisy_one_that_stores_batches() =>
        await CompareAsync(0, static async (client, number) => await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", Batch(number)));

    [Fact]
    public async Task A_quiet_key_stores_beside_a_noisy_one_that_stores_and_forgets() =>
        await CompareAsync(3_000, static async (client, number) =>
        {
            var stored = await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", $$"""{"content":"Note {{number}} is written and torn up."}""");
            await client.GetOkAsync(HttpMethod.Delete, $"/api/v1/memories/{stored.GetProperty("memories")[0].GetProperty("id").GetString()}");
        });

    [Fact]
    public async Task Dry_runs_of_one_key_beyond_a_few_at_once_are_refused_with_what_is_allowed()
    {
        var key = await KeyMaker.CreateAsync(Database, "planner", "default");
        await FillAsync(60);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys");
        using var client = host.Client(key);
        await client.GetOkAsync(HttpMethod.Get, "/api/v1/status");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.ToolAsync("consolidate", """{"dry_run":true,"scope":"full"}""")));

        var (refused, planned) = (answers.Where(static a => a.TryGetProperty("isError", out var isError) && isError.GetBoolean()).ToArray(), answers.Where(static a => a.TryGetProperty("structuredContent", out _)).ToArray());
        planned.Length.ShouldBeGreaterThanOrEqualTo(4);
        refused.Length.ShouldBe(16 - planned.Length);
        refused.ShouldNotBeEmpty();
        refused.Select(ServerProcess.Text).ShouldAllBe(static t => t == "4 consolidations of this caller are at work or waiting; 4 at once are allowed. Ask again when one of them has ended.");
    }

    private async Task CompareAsync(int memories, Func<HttpClient, int, Task> makeNoise)
    {
        var (quietKey, noisyKey) = (await KeyMaker.CreateAsync(Database, "quiet", "default"), await KeyMaker.CreateAsync(Database, "noisy", "default"));
        await FillAsync(memories);
        await using var host = await HttpHost.StartAsync(Database, "--auth", "keys", "--rate-limit", "off");
        using var quiet = host.Client(quietKey);
        await MedianAsync(quiet);
        var alone = await MedianAsync(quiet);

        using var noisy = host.Client(noisyKey);
        using var end = new CancellationTokenSource();
        var number = 0;
        var noise = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                await makeNoise(noisy, Interlocked.Increment(ref number));
            }
        }).ToArray();
        await MedianAsync(quiet);
        var beside = await MedianAsync(quiet);
        await end.CancelAsync();
        await Task.WhenAll(noise);

        TestContext.Current.TestOutputHelper?.WriteLine($"alone {alone.TotalMilliseconds:0.0} ms, beside {number} of the noisy key {beside.TotalMilliseconds:0.0} ms");
        number.ShouldBeGreaterThan(8);
        beside.ShouldBeLessThan((3 * alone) + TimeSpan.FromMilliseconds(15));
    }

    private async Task<TimeSpan> MedianAsync(HttpClient client)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < 41; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", $$"""{"content":"Keel {{++_stored}} was laid on slip {{_stored % 7}}."}""");
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private async Task FillAsync(int memories)
    {
        await using var store = new SqliteMemoryStore(Database, TimeProvider.System);
        await using var service = new MemoryService(store, TimeProvider.System, new Random(1));
        foreach (var some in Enumerable.Range(0, memories).Chunk(MemoryService.MaxBatch))
        {
            (await service.StoreAsync(Namespace.Default, [.. some.Select(static n => new NewMemory { Content = $"Crate {n} holds {n * 7919 % 1000} lamps and {n * 104729 % 1000} ropes, {new string((char)('a' + (n % 26)), 300)}." })])).Succeeded.ShouldBeTrue();
        }
    }

    private static string Batch(int number) =>
        $$"""{"memories":[{{string.Join(',', Enumerable.Range(0, 100).Select(n => $$"""{"content":"Parcel {{n}} of load {{number}} went to pier {{(n * 31) % 17}}."}"""))}}]}""";
}
