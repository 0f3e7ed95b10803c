using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Memory.Server.Stdio;

/// <summary>Serves one client over stdin and stdout until it closes stdin; then the process ends.</summary>
internal sealed class StdioService(
    ServerComposition composition, StdioTransport transport, IHostApplicationLifetime lifetime, ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            // The client first asks what there is; meanwhile the file is opened, so that its first call finds it ready. The rest waits until it has its answer.
            var opening = Task.Run(() => new StoreUpkeep(composition, loggers.CreateLogger<StoreUpkeep>()).RunAsync(composition.Asked, stoppingToken, serving.Token), CancellationToken.None);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, transport.Abandoned);
            // What was not answered by then waits for other processes no longer.
            using var hastening = transport.Abandoned.Register(composition.Hasten);
            await using (var server = McpServer.Create(transport, composition.Mcp, loggers))
            {
                await server.RunAsync(ending.Token);
            }

            // What catches up in the background goes on with the next start.
            composition.Hasten();
            await serving.CancelAsync();
            await opening;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested || transport.Abandoned.IsCancellationRequested)
        {
        }
        finally
        {
            await serving.CancelAsync();
            lifetime.StopApplication();
        }
    }
}
