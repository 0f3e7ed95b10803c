using System.Text.RegularExpressions;
using Memory.Server.Tests.Http;

namespace Memory.Server.Tests.Scheduling;

/// <summary>What a schedule starts by itself in the real process, over stdio and over HTTP.</summary>
public sealed partial class ScheduledWorkTests : IDisposable
{
    private const string EverySecond = "0/1 * * * * ?";
    private const int Kept = 2;

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("memory.db");

    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task Backups_by_schedule_are_whole_and_the_newest_stay(string transport)
    {
        await using var server = await ServeAsync(transport, "--schedule", "off", "--backup-schedule", EverySecond, "--backups-kept", $"{Kept}");
        await server.StoreAsync("The mast is tall");
        await server.StoreAsync("The harbor is deep");
        for (var backup = 0; backup < Kept + 2; backup++)
        {
            await server.Process.WhenLoggedAsync("was written and checked: 2 memories");
        }

        await server.EndAsync();

        string[] written = [.. WrittenBackup().Matches(server.Process.Stderr).Select(static m => m.Value)];
        string[] there = [.. Directory.GetFiles(Database + ".backups").Select(Path.GetFileName).Order(StringComparer.Ordinal).OfType<string>()];
        written.Length.ShouldBeGreaterThanOrEqualTo(Kept + 2);
        there.ShouldBe(written[^Kept..]);
        foreach (var name in there)
        {
            var path = Path.Combine(Database + ".backups", name);
            (await DatabaseRows.QueryAsync(path, "PRAGMA integrity_check")).ShouldBe(["ok"]);
            (await DatabaseRows.QueryAsync(path, "SELECT content FROM memories ORDER BY content")).ShouldBe(["The harbor is deep", "The mast is tall"]);
        }
    }

    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task Nights_by_schedule_consolidate_what_came_since_the_last(string transport)
    {
        await using var server = await ServeAsync(transport, "--schedule", EverySecond, "--time-zone", "UTC");
        string[][] pairs = [["The mast is tall", "mast is tall"], ["The harbor is deep", "harbor is deep"]];
        for (var night = 0; night < pairs.Length; night++)
        {
            foreach (var statement in pairs[night])
            {
                await server.StoreAsync(statement);
            }

            // The one at the start may have been caught up; the later ones the schedule alone begins.
            while (await MergedAsync() is var merged && merged.Sum() <= night)
            {
                await server.Process.WhenLoggedAsync(" ended as Completed");
            }
        }

        await server.EndAsync();
        (await MergedAsync()).Sum().ShouldBe(pairs.Length);
        (await DatabaseRows.QueryAsync(Database, "SELECT DISTINCT cause FROM runs")).ShouldBe(["schedule"]);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<int[]> MergedAsync() => [.. (await DatabaseRows.QueryAsync(Database, "SELECT merged FROM runs WHERE cause = 'schedule' AND state = 'completed'")).Select(int.Parse)];

    private async Task<Served> ServeAsync(string transport, params string[] schedule)
    {
        string[] options = [.. schedule, "--catch-up-delay", "0", "--log-level", "Information"];
        if (transport == "http")
        {
            var host = await HttpHost.StartAsync(Database, options);
            return new Served(host.Process, host);
        }

        var process = ServerProcess.Start(["serve", "--db", Database, .. options]);
        await process.GreetAsync();
        return new Served(process, null);
    }

    // Over HTTP a line of the log is JSON, in which the name stands a second time as a field.
    [GeneratedRegex(@"\d{8}-\d{6}-\d{3}\.db(?= was written)")]
    private static partial Regex WrittenBackup();

    private sealed record Served(ServerProcess Process, HttpHost? Host) : IAsyncDisposable
    {
        public async Task StoreAsync(string content)
        {
            if (Host is null)
            {
                await Process.StoreAsync(content);
                return;
            }

            using var client = Host.Client();
            await client.GetOkAsync(HttpMethod.Post, "/api/v1/memories", $$"""{"content":{{ServerProcess.Quote(content)}}}""");
        }

        public async Task EndAsync()
        {
            await (Host is null ? Process.LeaveAsync() : Process.TerminateAsync());
            (await Process.WaitAsync()).ShouldBe(0);
        }

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
