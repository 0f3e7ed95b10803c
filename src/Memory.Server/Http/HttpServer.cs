using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Memory.Server.Commands;
using Memory.Server.Configuration;
using Memory.Server.Http.Access;
using Memory.Server.Http.Limits;
using Memory.Server.Http.Rest;
using Memory.Server.Http.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Memory.Server.Http;

/// <summary><c>serve --http</c>: MCP, REST and what watches them, for many clients in one process.</summary>
internal static class HttpServer
{
    private const int MinThreads = 32;

    // Requests in flight get this long to end; then their writes are finished all the same.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var http = settings.Http!;
        if (http.Auth == AuthKinds.None && !IPAddress.IsLoopback(http.Address.Address))
        {
            await Console.Error.WriteLineAsync(
                $"{http.Address} can be reached from other machines, and nothing asks callers who they are: refused. "
                + "Give --auth keys (and make one with 'memory-server keys create') or --auth jwt, or listen on 127.0.0.1.");
            return ExitCodes.Unprotected;
        }

        ServerCertificate? certificate;
        try
        {
            certificate = http.Certificate is null ? null : ServerCertificate.Load(http);
        }
        catch (CryptographicException error)
        {
            await Console.Error.WriteLineAsync($"The certificate '{http.Certificate}' cannot be used with its key: {error.Message}");
            return ExitCodes.Usage;
        }

        // Reading takes a thread for milliseconds; requests that only pass through shall not wait until the pool has found that it wants more.
        ThreadPool.SetMinThreads(MinThreads, MinThreads);
        using var loggers = LoggerFactory.Create(logging => Log(logging, settings.LogLevel));
        await using var composition = new ServerComposition(settings, TimeProvider.System, loggers);
        await using var app = Build(settings, certificate, composition);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on {http.Address}: {error.GetBaseException().Message.TrimEnd('.')}. Name another address or port with --http.");
            return ExitCodes.Failed;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await Console.Out.WriteLineAsync($"memory-server {ProductVersion.Text} listens on {address} (MCP {address}/mcp, REST {address}/api/v1, to try it {address}/scalar)");
        if (certificate is null && !IPAddress.IsLoopback(http.Address.Address))
        {
            await Console.Error.WriteLineAsync("Without --http-certificate, keys and memories travel in the clear: let a proxy on this machine or network end TLS.");
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }

    // Composed before there is any request: nothing of a request may cling to what lives as long as the process.
    private static WebApplication Build(ServerSettings settings, ServerCertificate? certificate, ServerComposition composition)
    {
        var http = settings.Http!;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Log(builder.Logging, settings.LogLevel);
        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel, http.HeaderTimeout);
            var connections = new ConnectionLimit(http.AddressConnections, http.HeaderTimeout);
            kestrel.Listen(http.Address, listen =>
            {
                listen.Use(next => connection => connections.CountAsync(connection, next));
                if (certificate is not null)
                {
                    listen.UseHttps(certificate.Use);
                }

                // Of what TLS carries: a handshake has a time of its own.
                listen.Use(next => connection => connections.AwaitFirstByteAsync(connection, next));
            });
        });

        builder.Services.AddSingleton(composition).AddSingleton(http);
        foreach (var service in composition.Scheduled)
        {
            builder.Services.AddSingleton<IHostedService>(_ => service);
        }

        builder.Services.AddSingleton<IHostedService>(s => new HttpUpkeep(composition, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
        var watch = new CallerWatch(composition.Keys, TimeProvider.System);
        builder.Services.AddSingleton<IHostedService>(_ => watch);
        builder.Services.AddRouting();
        builder.Services.Configure<RouteHandlerOptions>(static o => o.ThrowOnBadRequest = true);
        RequestTimes.Add(builder.Services, http.RequestTimeout);
        RequestRates.Add(builder.Services, http);
        JwtTokens.Add(builder.Services, http);
        Cors.Add(builder.Services, http);
        Telemetry.Add(builder.Services, builder.Configuration, builder.Logging, composition);
        ApiDescription.Add(builder.Services, composition.Tools);
        McpEndpoint.Add(builder.Services, composition);

        var app = builder.Build();
        app.Use(new OutermostMiddleware(composition.Callers, composition.Failures, app.Services.GetRequiredService<ILogger<OutermostMiddleware>>()).InvokeAsync);
        app.Use(new HostGuard(http).InvokeAsync);
        app.UseRouting();
        if (http.Origins.Count > 0)
        {
            app.UseCors();
        }

        app.UseRequestTimeouts();
        var gate = new CallerGate(composition, http, new FailedAttempts(), new UnknownCallers(http.AddressRateLimit), watch, app.Services.GetService<TokenIssuer>());
        app.Use(gate.InvokeAsync);
        app.UseRateLimiter();
        app.Use(gate.AdministerAsync);
        McpEndpoint.Map(app);
        RestApi.Map(app, composition, watch);
        ApiDescription.Map(app);
        Health.Map(app, composition);
        Telemetry.Map(app);
        ResourceMetadata.Map(app, http);
        return app;
    }

    // One JSON object a line on stderr. What is wrong with a request is told to who sent it; the SDK would log each with its stack trace.
    private static void Log(ILoggingBuilder logging, LogLevel level)
    {
        logging
            .SetMinimumLevel(level)
            .AddJsonConsole(static o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"))
            .AddFilter("Microsoft", AtLeast(LogLevel.Warning))
            // What keeps it from starting is told in a line of its own, and so is what took too long.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", AtLeast(LogLevel.Critical))
            .AddFilter("Microsoft.AspNetCore.Http.Timeouts", AtLeast(LogLevel.Error))
            .AddFilter("ModelContextProtocol", AtLeast(LogLevel.Critical))
            .Services.Configure<ConsoleLoggerOptions>(static o => o.LogToStandardErrorThreshold = LogLevel.Trace);

        // Who wants to see everything sees theirs too.
        LogLevel AtLeast(LogLevel least) => level > LogLevel.Debug && level < least ? least : level;
    }
}
