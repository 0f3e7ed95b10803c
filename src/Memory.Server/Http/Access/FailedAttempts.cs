using System.Threading.RateLimiting;

namespace Memory.Server.Http.Access;

/// <summary>Counts wrong keys and tokens by address: twenty at once, then one every three seconds; until then wrong ones are told to wait.</summary>
internal sealed class FailedAttempts : IDisposable
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(static address => RateLimitPartition.GetTokenBucketLimiter(
        address, static _ => new TokenBucketRateLimiterOptions { TokenLimit = AtOnce, TokensPerPeriod = 1, ReplenishmentPeriod = Period, QueueLimit = 0 }));

    /// <summary>How long an address has to wait, or <see langword="null"/> when it need not.</summary>
    public TimeSpan? Wait(string address) => _limiter.GetStatistics(address) is { CurrentAvailablePermits: < 1 } ? Period : null;

    /// <summary>Notes a wrong one.</summary>
    public void Note(string address) => _limiter.AttemptAcquire(address).Dispose();

    public void Dispose() => _limiter.Dispose();
}
