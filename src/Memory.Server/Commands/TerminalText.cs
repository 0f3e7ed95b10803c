using System.Globalization;

namespace Memory.Server.Commands;

/// <summary>
/// What is printed for people, whoever named the file or filled the database that it comes from: without what a terminal obeys or would write in
/// another direction. What is stored is screened, but an older version or another program may have stored it.
/// </summary>
internal static class TerminalText
{
    /// <summary>The text with U+FFFD in place of each character that steers.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(IsSuspect) ? string.Create(text.Length, text, static (shown, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                // A line may end as Windows ends it.
                shown[i] = IsSuspect(from[i]) && !(from[i] == '\r' && i + 1 < from.Length && from[i + 1] == '\n') ? '\uFFFD' : from[i];
            }
        }) : text;
    }

    // Joiners and marks that a script needs to be written correctly steer nothing.
    private static bool IsSuspect(char c) =>
        c is not (>= ' ' and < '\u007F' or '\n' or '\t' or (>= '\u200C' and <= '\u200F') or '\u061C')
        && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
