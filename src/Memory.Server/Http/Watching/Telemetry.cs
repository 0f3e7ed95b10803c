using System.Collections;
using Memory.Server.Http.Access;
using Memory.Server.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
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

    private const string Prefix = "OTEL_";

    public static void Add(IServiceCollection services, ConfigurationManager configuration, ILoggingBuilder logging, ServerComposition composition)
    {
        // The SDK reads its variables from the configuration; of the environment nothing else belongs there.
        configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(static v => ((string)v.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static v => KeyValuePair.Create((string)v.Key, (string?)v.Value)));
        var otlp = configuration[Prefix + "EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
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
