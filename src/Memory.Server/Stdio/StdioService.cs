using Memory.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Memory.Server.Stdio;

/// <summary>Serves one client over stdin and stdout until it closes stdin; then the process ends.</summary>
internal sealed partial class StdioService(
    ServerComposition composition, StdioTransport transport, IHostApplicationLifetime lifetime, ILoggerFactory loggers, ILogger<StdioService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The client first asks what there is; meanwhile the file is opened, so that its first call finds it ready.
            var opening = OpenStoreAsync(stoppingToken);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, transport.Abandoned);
            await using (var server = McpServer.Create(transport, composition.Mcp, loggers))
            {
                await server.RunAsync(ending.Token);
            }

            await opening;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested || transport.Abandoned.IsCancellationRequested)
        {
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task OpenStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            var namespaces = await composition.Store.NamespacesAsync(cancellationToken);
            if (await composition.Store.PurgeAsync(cancellationToken) is { } reason)
            {
                TracesRemain(reason);
            }

            await composition.Memories.WarmUpAsync(composition.DefaultNamespace, cancellationToken);
            foreach (var ns in namespaces)
            {
                await composition.Memories.EmbedMissingAsync(ns, cancellationToken);
            }
        }
        catch (MemoryStoreException error)
        {
            // The server stays up: every call says why, and the store is tried again each time.
            NotOpened(error.Problem.Message);
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be opened: {Reason}")]
    private partial void NotOpened(string reason);
}
