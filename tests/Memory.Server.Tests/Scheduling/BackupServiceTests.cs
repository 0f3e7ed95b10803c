using Memory.Server.Scheduling;

namespace Memory.Server.Tests.Scheduling;

public sealed class BackupServiceTests
{
    [Fact]
    public async Task Start_writes_the_backup_that_was_missed_and_none_where_one_is_fresh()
    {
        await using var night = await Night.PrepareAsync();
        var log = new KeptLog<BackupJob>();
        for (var start = 0; start < 2; start++)
        {
            using var service = Serve(night, log, "0 0 4 * * ?");
            await service.StartAsync(CancellationToken.None);
            await night.Time.SomebodyWaitsAsync(Night.Delay);
            night.Time.Advance(Night.Delay);
            if (start == 0)
            {
                (await log.NextAsync()).ShouldContain("was written and checked: 2 memories");
            }

            await service.StopAsync(CancellationToken.None);
        }

        log.Lines.Count.ShouldBe(1);
        night.Store.LastBackupAt.ShouldBe(Night.Noon + Night.Delay);
    }

    [Fact]
    public async Task Start_without_a_schedule_does_nothing()
    {
        await using var night = await Night.PrepareAsync();
        var log = new KeptLog<BackupJob>();
        using var service = Serve(night, log, null);

        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!;

        night.Store.LastBackupAt.ShouldBeNull();
    }

    [Fact]
    public async Task RunAsync_by_two_processes_writes_one_backup()
    {
        await using var night = await Night.PrepareAsync();
        var (other, _) = night.Another();
        await using var second = other;
        var log = new KeptLog<BackupJob>();
        var (one, two) = (new BackupJob(night.Store, night.Time, log), new BackupJob(other, night.Time, log));

        await Task.WhenAll(one.RunAsync(Night.Noon, CancellationToken.None), two.RunAsync(Night.Noon, CancellationToken.None));

        log.Lines.ShouldHaveSingleItem().ShouldContain("was written");
    }

    private static BackupService Serve(Night night, KeptLog<BackupJob> log, string? cron) =>
        new(new NightlySchedule(cron, TimeZoneInfo.Utc), new BackupJob(night.Store, night.Time, log), night.Store, Night.Delay, night.Time);
}
