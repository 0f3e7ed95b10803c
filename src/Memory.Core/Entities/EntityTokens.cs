namespace Memory.Core.Entities;

/// <summary>Where words, addresses and paths begin and end in running text.</summary>
internal static class EntityTokens
{
    private const int MaxScheme = 12;

    /// <summary>The end of the word that begins here; the same place when none does.</summary>
    public static int End(ReadOnlySpan<char> text, int at)
    {
        if (char.IsAsciiLetter(text[at]) && (IsUrl(text, at) || IsDrive(text, at)))
        {
            var address = at;
            while (address < text.Length && !char.IsWhiteSpace(text[address]) && text[address] is not ('<' or '>' or '"' or '`' or '“' or '”' or '«' or '»' or '|' or '{' or '}'))
            {
                address++;
            }

            return TrimAddress(text, at, address);
        }

        var end = at;
        while (end < text.Length && IsPart(text, end, at))
        {
            // 'save()' and 'a().b()' hang together.
            end += text[end] == '(' ? 2 : 1;
        }

        return end;
    }

    /// <summary>Cuts off the signs around a word that do not belong to it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="stopped">Whether a full stop was cut off its end.</param>
    public static void Trim(ReadOnlySpan<char> text, ref int start, ref int end, out bool stopped)
    {
        stopped = false;
        while (end > start && text[end - 1] is '.' or '\'' or '’' or '*' or '-' or '&' or '~' or '%' or '@' or '$')
        {
            stopped |= text[end - 1] == '.';
            end--;
        }

        while (start < end && (text[start] is '\'' or '’' or '*' or '-' or '&' or '%' or '+' or '#' or '$'
                   || (text[start] is '.' or '~' && !(start + 1 < end && (text[start + 1] is '/' or '\\' or '.' || (text[start] == '.' && char.IsLetter(text[start + 1])))))))
        {
            start++;
        }
    }

    private static bool IsPart(ReadOnlySpan<char> text, int at, int start)
    {
        var c = text[at];
        return char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c switch
        {
            '.' or '_' or '-' or '/' or '\\' or '@' or '#' or '+' or '&' or '$' or '%' or '~' or '*' => true,
            '\'' or '’' => at > start,
            ':' => at > start && ((at + 1 < text.Length && text[at + 1] == ':') || text[at - 1] == ':'),
            '(' => at > start && at + 1 < text.Length && text[at + 1] == ')' && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '_'),
            < '\u0080' => false,
            _ => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark,
        };
    }

    private static bool IsUrl(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < MaxScheme && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+'))
        {
            end++;
        }

        return text[end..].StartsWith("://") && end + 3 < text.Length && char.IsLetterOrDigit(text[end + 3]) | text[end + 3] is '/' or '[';
    }

    private static bool IsDrive(ReadOnlySpan<char> text, int at) => at + 2 < text.Length && text[at + 1] == ':' && text[at + 2] is '\\' or '/';

    // A bracket closes the address only when it opened inside; punctuation at the end is the sentence's.
    private static int TrimAddress(ReadOnlySpan<char> text, int start, int end)
    {
        var address = text[start..end];
        var open = address.Count('(') - address.Count(')');
        while (end > start + 1)
        {
            var last = text[end - 1];
            if (last is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '’' or ']' or '*')
            {
                end--;
            }
            else if (last == ')' && open < 0)
            {
                open++;
                end--;
            }
            else
            {
                break;
            }
        }

        return end;
    }
}
