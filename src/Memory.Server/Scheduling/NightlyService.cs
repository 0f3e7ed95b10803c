using Memory.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Scheduling;

/// <summary>
/// Starts the Quartz scheduler some seconds after the server, so that start-up does not pay for it, and catches up a missed night:
/// a laptop sleeps at three, and a stdio server lives for minutes.
/// </summary>
internal sealed partial class NightlyService(
    NightlySchedule schedule, NightlyJob job, IMemoryStore store, TimeSpan delay, TimeProvider time, ILogger<NightlyService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off, or all its years are past: Quartz would refuse a trigger that never fires.
        if (schedule.NextRun(time.GetUtcNow()) is null)
        {
            return;
        }

        try
        {
            await Task.Delay(delay, time, stoppingToken);
            await using var scheduler = await RunningScheduler.StartAsync(job, "nightly", schedule, time, stoppingToken);
            await CatchUpAsync(stoppingToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (schedule.Missed(await store.LastNightAsync(cancellationToken), time.GetUtcNow()) is { } due)
            {
                CatchingUp(due);
                await job.RunAsync(due, cancellationToken);
            }
        }
        catch (MemoryStoreException error)
        {
            NotCaughtUp(error.Problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Catching up the consolidation that was due at {Due:O}")]
    private partial void CatchingUp(DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A missed consolidation was not caught up: {Reason}")]
    private partial void NotCaughtUp(string reason);
}
