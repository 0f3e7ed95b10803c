using System.Globalization;

namespace Memory.Evaluation;

/// <summary>The times of a data set; UTC where they name no offset.</summary>
internal static class SaidAt
{
    public const string Allowed = "ISO 8601 (2026-05-12T09:30:00Z) and '1:56 pm on 8 May, 2023'";

    // The last one is how the published conversations write it.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "h:mm tt 'on' d MMMM, yyyy",
    ];

    public static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <exception cref="FormatException">The text is no such time.</exception>
    public static DateTimeOffset Parse(string text) =>
        TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is no time; allowed are {Allowed}.");
}
