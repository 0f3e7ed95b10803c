using System.Threading.RateLimiting;

namespace Memory.Server.Http.Limits;

/// <summary>
/// How often an address may come without a key or token that opened something before: as often as it may come at all, counted apart from those
/// that have. It is asked before anything is looked at, so that wrong ones cost no work, and what others behind the address may do they do not take.
/// </summary>
/// <param name="perSecond">How often; <see langword="null"/> for no limit.</param>
internal sealed class UnknownCallers(double? perSecond) : IDisposable
{
    // Two generations of so many: who comes again is in the younger, and the older goes when that is full.
    private const int Remembered = 5_000;

    private readonly PartitionedRateLimiter<string>? _limiter = perSecond is { } rate
        ? PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => RequestRates.Bucket(rate)))
        : null;

    private readonly Lock _lock = new();
    private HashSet<int> _known = [];
    private HashSet<int> _older = [];

    /// <summary>Counts a request.</summary>
    /// <param name="address">Where it came from.</param>
    /// <param name="token">What it shows; <see langword="null"/> for nothing.</param>
    /// <returns>How long it has to wait, or <see langword="null"/> when it need not.</returns>
    public TimeSpan? Wait(string address, string? token)
    {
        if (_limiter is null || (token is not null && IsKnown(token)))
        {
            return null;
        }

        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
    }

    /// <summary>Notes that a key or token opened something, or opens nothing (any more).</summary>
    public void Note(string token, bool opens)
    {
        if (_limiter is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!opens)
            {
                _known.Remove(Mark(token));
                _older.Remove(Mark(token));
            }
            else if (_known.Add(Mark(token)) && _known.Count >= Remembered)
            {
                (_older, _known) = (_known, []);
            }
        }
    }

    public void Dispose() => _limiter?.Dispose();

    private bool IsKnown(string token)
    {
        lock (_lock)
        {
            return _known.Contains(Mark(token)) || _older.Contains(Mark(token));
        }
    }

    // Not the secret itself: a mark of it that is another in each process. Who hits one by chance is checked like everybody.
    private static int Mark(string token) => token.GetHashCode(StringComparison.Ordinal);
}
