namespace Memory.Core.Screening;

/// <summary>The flags of England, Scotland, Wales and other regions: a black flag, 3 to 6 tag characters, an end. Elsewhere tag characters hide messages.</summary>
internal static class EmojiFlag
{
    private const int MaxTags = 6;

    /// <summary>Whether the tag character at a place belongs to a whole flag.</summary>
    public static bool Holds(string text, int at)
    {
        var start = at;
        while (start >= 2 && IsTag(text, start - 2))
        {
            start -= 2;
        }

        if (start < 2 || text[start - 2] != '\uD83C' || text[start - 1] != '\uDFF4')
        {
            return false;
        }

        var end = start;
        while (IsTag(text, end) && text[end + 1] != '\uDC7F')
        {
            end += 2;
        }

        return IsTag(text, end) && (end - start) / 2 is >= 3 and <= MaxTags && at <= end;
    }

    // U+E0030 to U+E0039, U+E0061 to U+E007A and the end, U+E007F.
    private static bool IsTag(string text, int at) =>
        at + 1 < text.Length && text[at] == '\uDB40' && text[at + 1] is (>= '\uDC30' and <= '\uDC39') or (>= '\uDC61' and <= '\uDC7A') or '\uDC7F';
}
