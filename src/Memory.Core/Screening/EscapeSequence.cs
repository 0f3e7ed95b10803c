namespace Memory.Core.Screening;

/// <summary>The sequences of ECMA-48 ('ANSI') by which a text steers a terminal.</summary>
internal static class EscapeSequence
{
    private const int LongestString = 4_096;

    /// <summary>How long the sequence that begins at a place is; 1 when only the character that would begin one is there.</summary>
    public static int LengthAt(string text, int at)
    {
        var introducer = text[at];
        var next = at + 1;
        if (introducer == '\u001B')
        {
            if (next >= text.Length)
            {
                return 1;
            }

            // ESC [ is the two-character form of U+009B, and so on.
            introducer = text[next] is >= '@' and <= '_' ? (char)(text[next] + 0x40) : '\0';
            if (introducer == '\0')
            {
                return Simple(text, at);
            }

            next++;
        }

        return introducer switch
        {
            '\u009B' => Control(text, at, next),
            '\u009D' or '\u0090' or '\u0098' or '\u009E' or '\u009F' => Terminated(text, at, next),
            _ => next - at,
        };
    }

    // Parameters, intermediates, one final character.
    private static int Control(string text, int at, int next)
    {
        var end = next;
        while (end < text.Length && text[end] is >= ' ' and <= '?')
        {
            end++;
        }

        return end < text.Length && text[end] is >= '@' and <= '~' ? end + 1 - at : next - at;
    }

    // A string that a terminal keeps to itself (a title, a link's address), up to its terminator. Without one nothing but the beginning goes:
    // the rest is text.
    private static int Terminated(string text, int at, int next)
    {
        var limit = Math.Min(text.Length, next + LongestString);
        for (var i = next; i < limit; i++)
        {
            switch (text[i])
            {
                case '\u0007' or '\u009C':
                    return i + 1 - at;
                case '\u001B' when i + 1 < text.Length && text[i + 1] == '\\':
                    return i + 2 - at;
                case '\n':
                    return next - at;
            }
        }

        return next - at;
    }

    // ESC, intermediates, one final character: a choice of character set, a reset.
    private static int Simple(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] is >= ' ' and <= '/')
        {
            end++;
        }

        return end < text.Length && text[end] is >= '0' and <= '~' && (end > at + 1 || text[end] is (>= '0' and <= '?') or 'c') ? end + 1 - at : 1;
    }
}
