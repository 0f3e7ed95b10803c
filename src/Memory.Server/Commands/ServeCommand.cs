using System.Runtime.CompilerServices;
using Memory.Server.Configuration;
using Memory.Server.Http;
using Memory.Server.Scheduling;
using Memory.Server.Stdio;
using Microsoft.Extensions.Logging;

namespace Memory.Server.Commands;

/// <summary><c>serve</c>: the MCP server on stdin and stdout, or over HTTP.</summary>
internal static class ServeCommand
{
    // In-flight work got its time when stdin closed; what is left is to finish queued writes.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals(cancellationToken);
        return settings.Http is null ? await RunStdioAsync(settings, signals.Token) : await RunHttpAsync(settings, signals.Token);
    }

    // Never inlined: whoever serves stdio loads nothing of ASP.NET.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> RunHttpAsync(ServerSettings settings, CancellationToken cancellationToken) => HttpServer.RunAsync(settings, cancellationToken);

    // Put together without a host and its container: they would cost a start more than everything that is ours.
    private static async Task<int> RunStdioAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        // stdout belongs to the protocol; whatever else is printed by accident goes to stderr.
        await using var output = Console.OpenStandardOutput();
        await using var input = Console.OpenStandardInput();
        Console.SetOut(Console.Error);

        using var logging = new StderrLog(Console.Error, settings.LogLevel);
        await using var composition = new ServerComposition(settings, TimeProvider.System, logging);
        var session = new StdioSession(composition, () => new StdioTransport(input, output, TimeProvider.System, logging), logging).RunAsync(cancellationToken);
        var scheduled = new ScheduledServices(composition.Scheduled, logging.CreateLogger<ScheduledServices>());
        await scheduled.StartAsync(cancellationToken);
        try
        {
            await session;
        }
        finally
        {
            using var patience = new CancellationTokenSource(ShutdownTimeout, TimeProvider.System);
            await scheduled.StopAsync(patience.Token);
        }

        return ExitCodes.Done;
    }
}
