using Memory.Server.Configuration;
using Memory.Server.Tests.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Server.Tests;

public sealed class StoreUpkeepTests
{
    [Fact]
    public async Task Run_when_something_fails_that_nobody_expected_logs_it_and_ends()
    {
        using var folder = new TemporaryFolder();
        await using var composition = new ServerComposition(
            ServerSettings.Parse(s => s == Setting.Database ? new("test", folder.File("memory.db")) : s == Setting.Schedule ? new SettingValue("test", "off") : null, out _)!, TimeProvider.System, NullLoggerFactory.Instance);
        var log = new KeptLog<StoreUpkeep>();

        // A failure that leaves this would end the server.
        await new StoreUpkeep(composition, log).RunAsync(Task.FromException(new InvalidOperationException("unheard of")), CancellationToken.None, CancellationToken.None);

        log.Lines.ShouldBe(
        [
            "Information: The index is ready: 0 memories",
            "Error: What this server does with its store in the background failed; the next start goes on with it",
        ]);
    }
}
