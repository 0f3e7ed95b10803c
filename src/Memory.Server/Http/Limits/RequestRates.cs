using System.Threading.RateLimiting;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Limits;

/// <summary>
/// How often and how many at once: a token bucket for each address and each caller, and a bound on what one caller has in flight, behind which
/// its own requests queue. So a noisy key waits for itself and not others for it.
/// </summary>
internal static class RequestRates
{
    private const int BurstSeconds = 10;
    private const int InFlight = 32;
    private const int Queued = 256;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // Who asks again at once is told no ten times a second and connection, and not as often as the machine can: others need it.
    private static readonly TimeSpan BeforeRefusal = TimeSpan.FromMilliseconds(100);

    public static void Add(IServiceCollection services, HttpSettings settings) => services.AddRateLimiter(limits =>
    {
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            Buckets(settings.AddressRateLimit, static context => context.Connection.RemoteIpAddress?.ToString() ?? "unknown"),
            Buckets(settings.RateLimit, static context => Caller(context)),
            PartitionedRateLimiter.Create<HttpContext, string>(static context => RateLimitPartition.GetConcurrencyLimiter(
                Caller(context), static _ => new ConcurrencyLimiterOptions { PermitLimit = InFlight, QueueLimit = Queued, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })));
        limits.OnRejected = static async (rejected, cancellationToken) =>
        {
            await Task.Delay(BeforeRefusal, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await RestAnswer
                .TooMany("Requests come faster than this caller or address may send them.", rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1))
                .ExecuteAsync(rejected.HttpContext);
        };
    });

    private static string Caller(HttpContext context) => context.RequestServices.GetRequiredService<ServerComposition>().Callers.Caller.Id;

    private static PartitionedRateLimiter<HttpContext> Buckets(double? perSecond, Func<HttpContext, string> of) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => perSecond is { } rate ? RateLimitPartition.GetTokenBucketLimiter(of(context), _ => Bucket(rate)) : RateLimitPartition.GetNoLimiter(string.Empty));

    private static TokenBucketRateLimiterOptions Bucket(double rate)
    {
        var period = TimeSpan.FromSeconds(Math.Max(Shortest.TotalSeconds, 1 / rate));
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, (int)(rate * BurstSeconds)),
            TokensPerPeriod = Math.Max(1, (int)Math.Round(rate * period.TotalSeconds)),
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        };
    }
}
