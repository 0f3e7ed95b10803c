using Memory.Core.Storage;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Memory.Server.Scheduling;

/// <summary>The Quartz job that writes the scheduled backup: of all processes that share the store exactly one does it.</summary>
[DisallowConcurrentExecution]
internal sealed partial class BackupJob(IMemoryStore store, TimeProvider time, ILogger<BackupJob> logger) : IJob
{
    private const string LeaseName = "backup";
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(30);

    private readonly string _holder = $"{ProcessIdentity.Current}/{Guid.NewGuid():N}";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await RunAsync(context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);

    /// <summary>Writes the backup that was due, unless another process did or is at it.</summary>
    public async Task RunAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        try
        {
            if ((await store.AcquireLeaseAsync(LeaseName, _holder, LeaseDuration, cancellationToken)).Holder != _holder)
            {
                return;
            }

            try
            {
                // One in the future was named by a clock that has since been set back.
                if (store.LastBackupAt is { } last && last >= dueAt && last <= time.GetUtcNow())
                {
                    return;
                }

                var outcome = await store.BackupToAsync(path: null, cancellationToken: cancellationToken);
                if (outcome.Succeeded)
                {
                    Written(outcome.Value.Path, outcome.Value.Memories);
                }
                else
                {
                    NotWritten(outcome.Problem.Message);
                }
            }
            finally
            {
                await store.ReleaseLeaseAsync(LeaseName, _holder, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server is stopping; the backup counts as missed and is caught up after the next start.
        }
        catch (MemoryStoreException error)
        {
            NotWritten(error.Problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Path} was written and checked: {Memories} memories")]
    private partial void Written(string path, long memories);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scheduled backup was not written: {Reason}")]
    private partial void NotWritten(string reason);
}
