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
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            // The client first asks what there is; meanwhile the file is opened, so that its first call finds it ready. The rest waits until it has its answer.
            var opening = OpenStoreAsync(stoppingToken, serving.Token);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, transport.Abandoned);
            await using (var server = McpServer.Create(transport, composition.Mcp, loggers))
            {
                await server.RunAsync(ending.Token);
            }

            // What catches up in the background goes on with the next start.
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

    private async Task OpenStoreAsync(CancellationToken cancellationToken, CancellationToken serving)
    {
        try
        {
            await composition.Store.NamespacesAsync(cancellationToken);
            if (await composition.Store.PurgeAsync(cancellationToken) is { } reason)
            {
                TracesRemain(reason);
            }

            await composition.Asked.WaitAsync(serving);
            await composition.Memories.WarmUpAsync(composition.DefaultNamespace, serving);
            await Task.WhenAll(KeepVectorsAsync(serving), AddMissingMentionsAsync(serving));
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

    private async Task KeepVectorsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await composition.Memories.KeepVectorsAsync(cancellationToken);
        }
        catch (MemoryStoreException error)
        {
            VectorsMissing(error.Problem.Message);
        }
    }

    private async Task AddMissingMentionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await composition.Memories.AddMissingMentionsAsync(cancellationToken);
        }
        catch (MemoryStoreException error)
        {
            MentionsMissing(error.Problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some memories have no vector yet; the next start goes on: {Reason}")]
    private partial void VectorsMissing(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The graph does not know every memory yet, and goes on with the next start: {Reason}")]
    private partial void MentionsMissing(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten may remain in the store's files for now: {Reason}")]
    private partial void TracesRemain(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be opened: {Reason}")]
    private partial void NotOpened(string reason);
}
