using System.Runtime.CompilerServices;
using Memory.Server.Configuration;
using Memory.Server.Http;
using Memory.Server.Stdio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Memory.Server.Commands;

/// <summary><c>serve</c>: the MCP server on stdin and stdout, or over HTTP.</summary>
internal static class ServeCommand
{
    // In-flight work got its time when stdin closed; what is left is to finish queued writes.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    public static Task<int> RunAsync(ServerSettings settings, CancellationToken cancellationToken) =>
        settings.Http is null ? RunStdioAsync(settings, cancellationToken) : RunHttpAsync(settings, cancellationToken);

    // Never inlined: whoever serves stdio loads nothing of ASP.NET.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> RunHttpAsync(ServerSettings settings, CancellationToken cancellationToken) => HttpServer.RunAsync(settings, cancellationToken);

    private static async Task<int> RunStdioAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        ProtocolWarmUp.Begin();

        // stdout belongs to the protocol; whatever else is printed by accident goes to stderr.
        await using var output = Console.OpenStandardOutput();
        await using var input = Console.OpenStandardInput();
        Console.SetOut(Console.Error);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(settings.LogLevel).AddSimpleConsole(static o => o.SingleLine = true);
        if (settings.LogLevel > LogLevel.Debug)
        {
            // The SDK logs every refused request with its stack trace; what is unexpected we log ourselves.
            builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Critical);
        }

        builder.Services.Configure<ConsoleLoggerOptions>(static o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(s => new ServerComposition(settings, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<IHostedService>(s => s.GetRequiredService<ServerComposition>().Nightly);
        builder.Services.AddSingleton<IHostedService>(s => s.GetRequiredService<ServerComposition>().Backups);
        builder.Services.AddSingleton<IHostedService>(s => new StdioService(
            s.GetRequiredService<ServerComposition>(),
            new StdioTransport(input, output, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()),
            s.GetRequiredService<IHostApplicationLifetime>(),
            s.GetRequiredService<ILoggerFactory>()));
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
        return 0;
    }
}
