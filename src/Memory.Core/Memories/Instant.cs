namespace Memory.Core.Memories;

/// <summary>Times as a store keeps them.</summary>
internal static class Instant
{
    /// <summary>The time in UTC and whole milliseconds: what is compared, answered and stored must be one and the same.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
