using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Memory.Server.Scheduling;

/// <summary>A Quartz scheduler with one job, in memory: what was missed is known from the store.</summary>
internal sealed class RunningScheduler : IAsyncDisposable
{
    private readonly IScheduler _scheduler;
    private readonly JobKey _job;

    private RunningScheduler(IScheduler scheduler, JobKey job) => (_scheduler, _job) = (scheduler, job);

    /// <summary>Starts a scheduler.</summary>
    /// <param name="job">The job.</param>
    /// <param name="name">Its name.</param>
    /// <param name="schedule">When it runs; must not be off.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<RunningScheduler> StartAsync<TJob>(TJob job, string name, NightlySchedule schedule, TimeProvider time, CancellationToken cancellationToken)
        where TJob : class, IJob
    {
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.UseInMemoryStore(_ => { });
            q.UseTimeProvider(time);
            q.Services.AddSingleton(job);
        });
        var scheduler = await builder.BuildScheduler(cancellationToken);
        var key = new JobKey(name);
        await scheduler.ScheduleJob(
            JobBuilder.Create<TJob>().WithIdentity(key).Build(),
            TriggerBuilder.Create(time)
                .WithIdentity(name)
                .WithCronSchedule(schedule.Cron!, x => x.InTimeZone(schedule.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build(),
            cancellationToken: cancellationToken);
        await scheduler.Start(cancellationToken);
        return new RunningScheduler(scheduler, key);
    }

    public async ValueTask DisposeAsync()
    {
        // First no more jobs: one that began between the interruption of the last and the end would be waited for.
        await _scheduler.Standby(CancellationToken.None);
        // Between two units of work: it then counts as missed.
        await _scheduler.Interrupt(_job, CancellationToken.None);
        await _scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
    }
}
