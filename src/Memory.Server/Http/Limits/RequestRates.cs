using System.Threading.RateLimiting;
using Memory.Server.Callers;
using Memory.Server.Http.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Memory.Server.Http.Limits;

/// <summary>
/// How often and how many at once: a token bucket for each address and each caller, and a bound on what one caller has in flight, behind which
/// its own requests queue. So a noisy key waits for itself and not others for it. Streams, which stay open, are counted apart.
/// </summary>
internal static class RequestRates
{
    private const int BurstSeconds = 10;
    private const int InFlight = 32;
    private const int Queued = 256;
    private const int Streams = 16;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // Who asks again at once is told no ten times a second and connection, and not as often as the machine can: others need it.
    private static readonly TimeSpan BeforeRefusal = TimeSpan.FromMilliseconds(100);

    public static void Add(IServiceCollection services, HttpSettings settings) => services.AddRateLimiter(limits =>
    {
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            // The caller's own first: what is refused there takes nothing from others behind its address.
            Buckets(settings.RateLimit, static context => CallerId(context)),
            Buckets(settings.AddressRateLimit, static context => Address(context)),
            PartitionedRateLimiter.Create<HttpContext, (bool IsStream, string Caller)>(static context => RateLimitPartition.GetConcurrencyLimiter<(bool IsStream, string Caller)>(
                (IsStream(context), CallerId(context)),
                static of => new ConcurrencyLimiterOptions
                {
                    PermitLimit = of.IsStream ? Streams : InFlight, QueueLimit = of.IsStream ? 0 : Queued, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                })));
        limits.OnRejected = static async (rejected, cancellationToken) =>
        {
            // Only what comes too fast is told when it may come again.
            var isTooFast = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after);
            await (!isTooFast && IsStream(rejected.HttpContext)
                ? RefuseAsync(rejected.HttpContext, $"This caller has {Streams} event streams open; no more are allowed. Close one, or ask for the state of the job.", TimeSpan.FromSeconds(1), cancellationToken)
                : RefuseAsync(rejected.HttpContext, "Requests come faster than this caller or address may send them.", isTooFast ? after : TimeSpan.FromSeconds(1), cancellationToken));
        };
    });

    /// <summary>Answers that it is too many, after a moment.</summary>
    public static async Task RefuseAsync(HttpContext context, string detail, TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(BeforeRefusal, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RestAnswer.TooMany(detail, wait).ExecuteAsync(context);
    }

    /// <summary>So often on average, and ten times that at once.</summary>
    public static TokenBucketRateLimiterOptions Bucket(double rate)
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

    private static bool IsStream(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EventStream>() is not null;

    private static string Address(HttpContext context) => ClientAddress.Of(context.Connection.RemoteIpAddress);

    // Who needs to show nothing (what describes the server) is one caller an address, and not one in all.
    private static string CallerId(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServerComposition>().Callers.Caller is var caller && caller != Caller.Nobody ? caller.Id : $"nobody@{Address(context)}";

    private static PartitionedRateLimiter<HttpContext> Buckets(double? perSecond, Func<HttpContext, string> of) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => perSecond is { } rate ? RateLimitPartition.GetTokenBucketLimiter(of(context), _ => Bucket(rate)) : RateLimitPartition.GetNoLimiter(string.Empty));
}

/// <summary>Marks an endpoint whose answer goes on for as long as there is something to tell.</summary>
internal sealed class EventStream
{
    public static readonly EventStream Instance = new();
}
