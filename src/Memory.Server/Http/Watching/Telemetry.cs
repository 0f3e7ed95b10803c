using Memory.Server.Http.Access;
using Memory.Server.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Memory.Server.Http.Watching;

/// <summary>
/// Metrics for Prometheus at <c>/metrics</c>; and metrics, traces and logs by OTLP when the usual variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says
/// where to. Otherwise nothing leaves the machine.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        [Instruments.Name, Instruments.Name + ".Store", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    public static void Add(IServiceCollection services, ILoggingBuilder logging, ServerComposition composition)
    {
        var otlp = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));
        services.AddSingleton<IHostedService>(_ => new StoreFigures(composition.Store, composition.Indexes, TimeProvider.System));
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(static r => r.AddService("memory-server", serviceVersion: ProductVersion.Text))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters).AddPrometheusExporter();
                if (otlp)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (otlp)
        {
            telemetry.WithTracing(static traces => traces.AddSource(Instruments.Name, "Microsoft.AspNetCore").AddOtlpExporter());
            logging.AddOpenTelemetry(static logs => logs.AddOtlpExporter());
        }
    }

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(AdministratorOnly.Instance);
}
