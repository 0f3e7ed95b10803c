namespace Memory.Core.Memories;

/// <summary>Times as a store keeps them.</summary>
internal static class Instant
{
    /// <summary>The time in UTC and whole milliseconds: what is compared, answered and stored must be one and the same.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>The time as it is written in messages: ISO 8601 in UTC, which every tool takes back.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
