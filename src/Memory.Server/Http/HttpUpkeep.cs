using Memory.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Http;

/// <summary>What the process does by itself while it serves HTTP: the upkeep of its store, and the retention of the audit log.</summary>
internal sealed partial class HttpUpkeep(ServerComposition composition, HttpSettings http, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromHours(6);

    private readonly ILogger _logger = loggers.CreateLogger<HttpUpkeep>();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        new StoreUpkeep(composition, loggers.CreateLogger<StoreUpkeep>()).RunAsync(Task.CompletedTask, stoppingToken, stoppingToken),
        KeepRetentionAsync(stoppingToken));

    private async Task KeepRetentionAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(RetentionPeriod);
            do
            {
                await RemoveOldAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        try
        {
            var removed = await composition.Access.RemoveAuditBeforeAsync(TimeProvider.System.GetUtcNow() - http.AuditRetention, cancellationToken);
            if (removed > 0)
            {
                Removed(removed, http.AuditRetention.TotalDays);
            }
        }
        catch (MemoryStoreException error)
        {
            NotRemoved(error.Problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} lines of the audit log were older than {Days} days and are removed")]
    private partial void Removed(int count, double days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old lines of the audit log could not be removed: {Reason}")]
    private partial void NotRemoved(string reason);
}
