using Memory.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Memory.Server.Scheduling;

/// <summary>
/// Starts the Quartz scheduler some seconds after the server, so that start-up does not pay for it, and catches up a missed night:
/// a laptop sleeps at three, and a stdio server lives for minutes.
/// </summary>
internal sealed partial class NightlyService(
    NightlySchedule schedule, NightlyJob job, IMemoryStore store, TimeSpan delay, TimeProvider time, ILogger<NightlyService> logger) : BackgroundService
{
    private static readonly JobKey Job = new("nightly");

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
            await using var scheduler = await StartQuartzAsync(stoppingToken);
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

    private async Task<RunningScheduler> StartQuartzAsync(CancellationToken cancellationToken)
    {
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.UseInMemoryStore(_ => { });
            q.UseTimeProvider(time);
            q.Services.AddSingleton(job);
        });
        var scheduler = await builder.BuildScheduler(cancellationToken);
        await scheduler.ScheduleJob(
            JobBuilder.Create<NightlyJob>().WithIdentity(Job).Build(),
            TriggerBuilder.Create(time)
                .WithIdentity("nightly")
                .WithCronSchedule(schedule.Cron!, x => x.InTimeZone(schedule.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build(),
            cancellationToken: cancellationToken);
        await scheduler.Start(cancellationToken);
        return new RunningScheduler(scheduler);
    }

    private sealed class RunningScheduler(IScheduler scheduler) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // First no more jobs: one that began between the interruption of the last and the end would be waited for.
            await scheduler.Standby(CancellationToken.None);
            // Between two units of work: the night then counts as missed.
            await scheduler.Interrupt(Job, CancellationToken.None);
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Catching up the consolidation that was due at {Due}")]
    private partial void CatchingUp(DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A missed consolidation was not caught up: {Reason}")]
    private partial void NotCaughtUp(string reason);
}
