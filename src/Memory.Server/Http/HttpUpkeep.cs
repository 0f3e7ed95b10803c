using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Http;

/// <summary>What the process does by itself while it serves HTTP: the upkeep of its store, and the retention of the audit log.</summary>
internal sealed class HttpUpkeep(ServerComposition composition, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromHours(6);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        new StoreUpkeep(composition, loggers.CreateLogger<StoreUpkeep>()).RunAsync(Task.CompletedTask, stoppingToken, stoppingToken),
        KeepRetentionAsync(stoppingToken));

    private async Task KeepRetentionAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(RetentionPeriod, time);
            do
            {
                await composition.Audit.TrimAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
