using Memory.Core.Storage;
using Microsoft.Extensions.Hosting;

namespace Memory.Server.Scheduling;

/// <summary>Runs the scheduled backups, off unless a schedule is configured. One that was missed is caught up soon after the start.</summary>
internal sealed class BackupService(NightlySchedule schedule, BackupJob job, IMemoryStore store, TimeSpan delay, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (schedule.NextRun(time.GetUtcNow()) is null)
        {
            return;
        }

        try
        {
            await Task.Delay(delay, time, stoppingToken);
            await using var scheduler = await RunningScheduler.StartAsync(job, "backup", schedule, time, stoppingToken);
            var now = time.GetUtcNow();
            if ((store.LastBackupAt is { } last ? schedule.Missed(last, now) : now) is { } due)
            {
                await job.RunAsync(due, stoppingToken);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
