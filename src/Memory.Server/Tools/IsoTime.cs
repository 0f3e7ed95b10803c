using System.Globalization;

namespace Memory.Server.Tools;

/// <summary>ISO 8601 dates and times as clients write them; without an offset they are UTC.</summary>
internal static class IsoTime
{
    public const string Allowed = "an ISO 8601 date or time such as 2026-05-31 or 2026-05-31T18:00:00Z (UTC unless it has an offset)";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK",
    ];

    public static bool TryParse(string text, out DateTimeOffset time, out bool dateOnly)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        text = WithoutMore(text);
        dateOnly = DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out time);
        return dateOnly || DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, Utc, out time);
    }

    /// <summary>The last millisecond of a day, given its beginning; the last day there is has no day after it.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset day) =>
        day.UtcDateTime.Date == DateTime.MaxValue.Date ? DateTimeOffset.MaxValue : day.AddDays(1).AddMilliseconds(-1);

    // Clocks of other languages write billionths of a second; a time is kept in thousandths.
    private static string WithoutMore(string text)
    {
        const int Decimals = 7;
        var start = text.IndexOf('.', StringComparison.Ordinal) + 1;
        var end = start;
        while (start > 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start > Decimals ? text.Remove(start + Decimals, end - start - Decimals) : text;
    }

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
