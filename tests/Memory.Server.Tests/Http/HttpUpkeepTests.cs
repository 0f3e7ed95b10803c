using Memory.Core.Access;
using Memory.Server.Configuration;
using Memory.Server.Http;
using Memory.Server.Tests.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Memory.Server.Tests.Http;

public sealed class HttpUpkeepTests
{
    [Fact(Timeout = 60_000)]
    public async Task Start_removes_the_lines_of_the_audit_log_whose_retention_has_passed_and_later_those_whose_passes_then()
    {
        using var folder = new TemporaryFolder();
        var time = new WatchedTime(Night.Noon);
        await using var composition = new ServerComposition(
            ServerSettings.Parse(s => s == Setting.Database ? new("test", folder.File("memory.db")) : s == Setting.AuditDays ? new SettingValue("test", "30") : null, out _)!, time, NullLoggerFactory.Instance);
        await composition.Audit.NoteNightAsync("old", run: null);
        time.Advance(TimeSpan.FromDays(10));
        await composition.Audit.NoteNightAsync("young", run: null);
        time.Advance(TimeSpan.FromDays(21));

        using var upkeep = new HttpUpkeep(composition, time, NullLoggerFactory.Instance);
        await upkeep.StartAsync(CancellationToken.None);
        await UntilAsync("young");
        time.Advance(TimeSpan.FromDays(9.5));
        await UntilAsync();
        await upkeep.StopAsync(CancellationToken.None);

        async Task UntilAsync(params string[] namespaces)
        {
            while (!(await composition.Access.AuditAsync(new AuditQuery())).Select(static l => l.Namespace).SequenceEqual(namespaces))
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
