using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Memory.Server.Stdio;

/// <summary>Serves one client over stdin and stdout until it closes stdin.</summary>
internal sealed class StdioSession(ServerComposition composition, Func<StdioTransport> connect, ILoggerFactory loggers)
{
    /// <summary>Serves until the client has gone, and what was under way is answered or given up.</summary>
    /// <param name="stopping">Ends it sooner: the process was asked to end.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // The client first asks what there is; meanwhile the file is opened, so that its first call finds it ready. The rest waits until it has its answer.
        var opening = Task.Run(() => new StoreUpkeep(composition, loggers.CreateLogger<StoreUpkeep>()).RunAsync(composition.Asked, stopping, serving.Token), CancellationToken.None);
        await using var transport = connect();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, transport.Abandoned);
        // What was not answered by then waits for other processes no longer.
        using var hastening = transport.Abandoned.Register(composition.Hasten);
        try
        {
            await using (var server = McpServer.Create(transport, composition.Mcp, loggers))
            {
                await server.RunAsync(ending.Token);
            }

            // What catches up in the background goes on with the next start.
            composition.Hasten();
            await serving.CancelAsync();
            await opening;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
        }
        finally
        {
            await serving.CancelAsync();
        }
    }
}
