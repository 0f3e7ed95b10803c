using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Scheduling;

/// <summary>What runs by the clock in a process without a host.</summary>
internal sealed partial class ScheduledServices(IReadOnlyList<BackgroundService> services, ILogger<ScheduledServices> logger)
{
    /// <summary>Starts all of them. One that fails is logged; the server goes on without it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services)
        {
            await service.StartAsync(cancellationToken);
            _ = TellFailureAsync(service.ExecuteTask!, service.GetType().Name);
        }
    }

    /// <summary>Stops all of them.</summary>
    /// <param name="patience">Ends the wait for those that are still at work.</param>
    public Task StopAsync(CancellationToken patience) => Task.WhenAll(services.Select(s => s.StopAsync(patience)));

    private async Task TellFailureAsync(Task execution, string service)
    {
        try
        {
            await execution;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error)
        {
            Ended(service, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service} failed; nothing of it runs by the clock until the next start")]
    private partial void Ended(string service, Exception error);
}
