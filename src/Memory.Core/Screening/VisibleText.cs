using System.Buffers;
using System.Globalization;
using System.Text;

namespace Memory.Core.Screening;

/// <summary>
/// Takes out of a text what the eye does not see and a terminal or a model obeys: escape sequences, control characters, Unicode that has no
/// appearance of its own (tag characters, zero-width characters, overrides of direction). What a script needs to be written correctly stays:
/// joiners between letters of scripts that join, emoji sequences, marks of direction in texts that have letters written from right to left.
/// </summary>
internal static class VisibleText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\t\n ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    /// <summary>The text as it may be stored; the same string when nothing had to go.</summary>
    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
        {
            return text;
        }

        StringBuilder? kept = null;
        var copied = 0;
        for (var i = first; i < text.Length;)
        {
            var length = HiddenAt(text, i, out var replacement);
            if (length > 0)
            {
                (kept ??= new StringBuilder(text.Length)).Append(text, copied, i - copied).Append(replacement);
                i += length;
                copied = i;
            }
            else
            {
                i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            }
        }

        // What stood apart may form a sequence once what was between is gone.
        return kept is null ? text : Of(kept.Append(text, copied, text.Length - copied).ToString());
    }

    /// <summary>How many characters at a place have to go, and what comes in their place.</summary>
    private static int HiddenAt(string text, int at, out string replacement)
    {
        replacement = "";
        var c = text[at];
        if (c is >= ' ' and < '\u007F' or '\n' or '\t' || (c is > '\u00AD' and < '\u034F'))
        {
            return 0;
        }

        switch (c)
        {
            case '\r':
                // Alone it sends the cursor back to write over what was written.
                replacement = "\n";
                return at + 1 < text.Length && text[at + 1] == '\n' ? 0 : 1;
            case '\u2028' or '\u2029':
                replacement = "\n";
                return 1;
            case '\u001B' or '\u009B' or '\u009D' or '\u0090' or '\u0098' or '\u009E' or '\u009F':
                return EscapeSequence.LengthAt(text, at);
            case < ' ' or (>= '\u007F' and <= '\u009F'):
                return 1;
            case '\u200C' or '\u200D':
                return Joins(text, at) ? 0 : 1;
            case '\u200E' or '\u200F' or '\u061C':
                return RightToLeft.Occurs(text) ? 0 : 1;
            case '\u00AD' or '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u180E' or '\u3164' or '\uFFA0' or '\uFEFF' or (>= '\u180B' and <= '\u180D') or '\u180F' or '\u2065' or (>= '\uFFF0' and <= '\uFFF8'):
                return 1;
            case '\u2800' or '\uE000':
                return StandsAmongItsKind(text, at) ? 0 : 1;
            case >= '\uFE00' and <= '\uFE0F':
                return at > 0 && Varies(text, at) ? 0 : 1;
            case '\uDB40' when at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                return EmojiFlag.Holds(text, at) || IdeographVaries(text, at) ? 0 : 2;
            default:
                return char.IsSurrogate(c) ? HiddenPair(text, at) : IsHiddenFormat(c) ? 1 : 0;
        }
    }

    // The blank of Braille among Braille letters, and the first letter of a script that a font of its own has; alone nobody sees them.
    private static bool StandsAmongItsKind(string text, int at)
    {
        const int Furthest = 32;
        for (var step = -1; step <= 1; step += 2)
        {
            var next = at + step;
            while (next >= 0 && next < text.Length && Math.Abs(next - at) < Furthest && (text[next] == text[at] || text[next] == ' '))
            {
                next += step;
            }

            if (next >= 0 && next < text.Length && (text[at] == '\u2800' ? text[next] is > '\u2800' and <= '\u28FF' : text[next] is > '\uE000' and <= '\uF8FF'))
            {
                return true;
            }
        }

        return false;
    }

    // Numbers signs of Arabic and its kin are Format characters that are seen.
    private static bool IsHiddenFormat(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ((>= '\u0600' and <= '\u0605') or '\u06DD' or '\u070F' or '\u0890' or '\u0891' or '\u08E2');

    private static int HiddenPair(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])
            && char.ConvertToUtf32(text[at], text[at + 1]) is (>= 0x13430 and <= 0x1345F) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF) ? 2 : 0;

    private static bool Joins(string text, int at) => at > 0 && at + 1 < text.Length && CanJoin(text[at - 1]) && CanJoin(text[at + 1]);

    // From Arabic on: scripts whose letters join, emoji and their modifiers. Latin, Greek and Cyrillic do without.
    private static bool CanJoin(char c) => c >= '\u0600' && c is not ((>= '\u2000' and <= '\u206F') or '\uFEFF' or '\uDB40');

    // After a digit (keycaps), a symbol or an emoji; one, and not a row of them that spells a message.
    private static bool Varies(string text, int at) =>
        text[at - 1] is (>= '0' and <= '9') or '#' or '*' or '\u00A9' or '\u00AE' or (>= '\u2010' and not (>= '\uFE00' and <= '\uFE0F') and not '\uDB40')
        && !(text[at - 1] >= '\uDD00' && text[at - 1] <= '\uDDEF' && at > 1 && text[at - 2] == '\uDB40');

    private static bool IdeographVaries(string text, int at) =>
        at > 0 && text[at + 1] is >= '\uDD00' and <= '\uDDEF' && text[at - 1] is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
