namespace Memory.Core.Consolidation.Pairs;

/// <summary>Cuts a text into words, tells what each does, and joins numbers with their units and the parts of dates. Linear in the length of the text.</summary>
internal static class StatementScanner
{
    private const int MaxWord = 120;

    /// <summary>The words of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the first word may stand.</param>
    public static List<StatementToken> Read(string text, int from = 0)
    {
        var words = new List<StatementToken>(16);
        var (sentence, list) = (true, false);
        for (var at = from; at < text.Length;)
        {
            var end = WordEnd(text, at);
            if (end == at)
            {
                var mark = text[at++];
                sentence |= mark is '.' or '!' or '?' or '\n' or '。' or ';';
                if (mark is ',' or '、' or '&')
                {
                    list = true;
                    MarkLast(words);
                }

                continue;
            }

            var before = words.Count;
            WordReader.Read(text.AsSpan(at, end - at), sentence, list, words);
            at = end;
            list = false;
            if (words.Count > before && words[^1].Text is "and" or "or")
            {
                // The conjunction itself is neither a member nor the beginning of anything.
                list = true;
                MarkLast(words, 2);
            }

            sentence = false;
        }

        return Joining.Join(words);
    }

    private static void MarkLast(List<StatementToken> words, int back = 1)
    {
        if (words.Count >= back)
        {
            words[^back] = words[^back] with { InList = true };
        }
    }

    private static int WordEnd(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < MaxWord && IsPart(text, end, at))
        {
            end++;
        }

        return end;
    }

    private static bool IsPart(string text, int at, int start)
    {
        var c = text[at];
        if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '_' or '%' or '°' or '$' or '€' or '£' or '¥' || (c >= '\u0300' && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
        {
            return true;
        }

        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        return c switch
        {
            '\'' or '’' or '.' or ',' or '-' or '/' or '\\' or ':' or '@' or '~' or '=' when at > start && (char.IsLetterOrDigit(next) || (c is '/' or ':' && next is '/')) =>
                c is not ',' || (char.IsAsciiDigit(next) && char.IsAsciiDigit(text[at - 1]) && IsThousands(text, at)),
            '#' or '+' => at > start && !char.IsLetterOrDigit(next) && char.IsAsciiLetter(text[start]),
            '-' or '−' or '/' or '.' or '@' or '~' => at == start && (char.IsAsciiDigit(next) || (c is '/' or '.' or '@' or '~' && (char.IsLetter(next) || next == '/'))) && (at == 0 || char.IsWhiteSpace(text[at - 1])),
            _ => false,
        };
    }

    // '1,000' is one number; '3,4,5' are three.
    private static bool IsThousands(string text, int comma)
    {
        var digits = 0;
        while (comma + 1 + digits < text.Length && char.IsAsciiDigit(text[comma + 1 + digits]))
        {
            digits++;
        }

        return digits == 3;
    }
}
