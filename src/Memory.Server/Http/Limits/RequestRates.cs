using System.Threading.RateLimiting;
using Memory.Server.Callers;
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
            // The caller's own first: what is refused there takes nothing from others behind its address.
            Buckets(settings.RateLimit, static context => CallerId(context)),
            Buckets(settings.AddressRateLimit, static context => Address(context)),
            PartitionedRateLimiter.Create<HttpContext, string>(static context => RateLimitPartition.GetConcurrencyLimiter(
                CallerId(context), static _ => new ConcurrencyLimiterOptions { PermitLimit = InFlight, QueueLimit = Queued, QueueProcessingOrder = QueueProcessingOrder.OldestFirst })));
        limits.OnRejected = static async (rejected, cancellationToken) =>
        {
            await Task.Delay(BeforeRefusal, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await RestAnswer
                .TooMany("Requests come faster than this caller or address may send them.", rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1))
                .ExecuteAsync(rejected.HttpContext);
        };
    });

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    // Who needs to show nothing (what describes the server) is one caller an address, and not one in all.
    private static string CallerId(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServerComposition>().Callers.Caller is var caller && caller != Caller.Nobody ? caller.Id : $"nobody@{Address(context)}";

    private static PartitionedRateLimiter<HttpContext> Buckets(double? perSecond, Func<HttpContext, string> of) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => perSecond is { } rate ? RateLimitPartition.GetTokenBucketLimiter(of(context), _ => Bucket(rate)) : RateLimitPartition.GetNoLimiter(string.Empty));

    private static TokenBucketRateLimiterOptions Bucket(double rate)
    {
        // Whole tokens at a time, so the period follows from them and not they from it.
        var tokens = Math.Max(1, (int)Math.Ceiling(rate * Shortest.TotalSeconds));
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, (int)(rate * BurstSeconds)),
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / rate),
            QueueLimit = 0,
        };
    }
}
