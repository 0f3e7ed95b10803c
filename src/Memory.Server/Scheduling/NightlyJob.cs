using Memory.Core.Consolidation;
using Memory.Core.Memories;
using Memory.Core.Storage;
using Memory.Server.Callers;
using Memory.Server.Watching;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Memory.Server.Scheduling;

/// <summary>The Quartz job: calls the same <see cref="Consolidator"/> as the tool.</summary>
[DisallowConcurrentExecution]
internal sealed partial class NightlyJob(Consolidator consolidator, TimeProvider time, ILogger<NightlyJob> logger, AuditLog? audit = null) : IJob
{
    private const int Attempts = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await RunAsync(context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);

    /// <summary>Does the work of the night that was due, unless another process did it. While a consolidation is at work it waits its turn.</summary>
    public async Task RunAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        try
        {
            if (await TryAsync(dueAt, cancellationToken) is { } problem)
            {
                NotDone(problem.Message);
                await NoteAsync(problem);
            }

            await (audit?.TrimAsync(cancellationToken) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server is stopping; the night counts as missed and is caught up after the next start.
        }
        catch (MemoryStoreException error)
        {
            NotDone(error.Problem.Message);
            await NoteAsync(error.Problem);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await NoteAsync(new Problem(ProblemCode.StoreUnavailable, error.Message));
            throw;
        }
    }

    private async Task<Problem?> TryAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var started = time.GetTimestamp();
            var outcome = await consolidator.RunNightAsync(dueAt, NoteAsync, cancellationToken);
            Instruments.End(activity: null, "night", outcome.Problem, time.GetElapsedTime(started));
            if (outcome.Succeeded || outcome.Problem.Code != ProblemCode.Busy)
            {
                return outcome.Problem;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return new Problem(ProblemCode.Busy, "another consolidation never ended");
    }

    // Namespace by namespace: what was done before something failed, was done.
    private ValueTask NoteAsync(ConsolidationReport report) => audit?.NoteNightAsync(report.Namespace.Value, report.Run?.Value) ?? ValueTask.CompletedTask;

    private ValueTask NoteAsync(Problem problem) => audit?.NoteNightAsync(ns: null, run: null, problem) ?? ValueTask.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The night's consolidation was not done: {Reason}")]
    private partial void NotDone(string reason);
}
