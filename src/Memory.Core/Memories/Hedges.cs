namespace Memory.Core.Memories;

/// <summary>
/// Tells whether who speaks leaves room for being wrong: 'I think', 'apparently', 'if I remember correctly'. What others think is no hedge, nor what
/// is quoted, nor a number that is only about right. English only, as the lists of words of consolidation are.
/// </summary>
internal static class Hedges
{
    // 'e.g.', 'Dr.': the stop behind a shorter word seldom ends a sentence.
    private const int ShortestLastWord = 3;

    /// <summary>Whether every sentence of a text is hedged: what one of several leaves open says nothing of the others. In doubt it is not.</summary>
    /// <param name="text">The text.</param>
    public static bool AreIn(string text)
    {
        var ends = SentenceEnds.Of(text);
        var (next, any, hasWords, isHedged, isQuoted) = (0, false, false, false, false);
        ReadOnlySpan<char> third = default, before = default, last = default;
        for (var at = 0; at < text.Length;)
        {
            var isEnd = EndsLine(text, at) || EndsBeforeSmallLetter(text, at, last);
            for (; next < ends.Count && at >= ends[next]; next++)
            {
                isEnd = true;
            }

            if (isEnd)
            {
                if (hasWords && !isHedged)
                {
                    return false;
                }

                (any, hasWords, isHedged, isQuoted) = (any || hasWords, false, false, false);
                third = before = last = default;
            }

            var start = at;
            while (at < text.Length && IsOfWord(text[at]))
            {
                at++;
            }

            if (at == start)
            {
                isQuoted = text[at] switch { '"' => !isQuoted, '“' => true, '”' => false, _ => isQuoted };
                at++;
                continue;
            }

            var word = text.AsSpan(start, at - start);
            (hasWords, isHedged) = (true, isHedged || (!isQuoted && Weakens(third, before, last, word, Following(text.AsSpan(at)))));
            third = before;
            before = last;
            last = word;
        }

        return hasWords ? isHedged : any;
    }

    private static bool Weakens(ReadOnlySpan<char> third, ReadOnlySpan<char> before, ReadOnlySpan<char> last, ReadOnlySpan<char> word, ReadOnlySpan<char> following) =>
        Is(word, "probably", "perhaps", "maybe", "possibly", "apparently", "presumably", "reportedly", "supposedly", "allegedly", "seemingly")
        || (Is(last, "i", "we") && Is(word, "think", "believe", "guess", "suppose", "suspect", "assume", "reckon") && !Is(following, "in", "about", "of"))
        || (Is(last, "not") && Is(word, "sure", "certain", "mistaken") && (before.IsEmpty || Is(before, "am", "i'm", "i’m", "we're", "we’re")))
        || (Is(third, "i", "we") && Is(before, "may", "might", "could") && Is(last, "be") && Is(word, "wrong", "mistaken"))
        || (Is(before, "far") && Is(last, "as") && Is(word, "i", "we") && Is(following, "know", "remember", "recall", "understand", "can"))
        || (Is(before, "i", "we") && Is(last, "remember", "recall") && Is(word, "correctly", "rightly", "right"))
        || (Is(before, "to", "of") && Is(last, "my", "our") && Is(word, "knowledge"))
        || (Is(before, "if") && Is(last, "memory") && Is(word, "serves"))
        || (Is(last, "it") && Is(word, "seems"))
        || (Is(before, "it") && Is(last, "appears") && Is(word, "that"));

    // An item of a list.
    private static bool EndsLine(string text, int at) => text[at] == '\n';

    // Whoever writes all in small letters ends sentences too.
    private static bool EndsBeforeSmallLetter(string text, int at, ReadOnlySpan<char> last) =>
        at > 1 && char.IsWhiteSpace(text[at]) && text[at - 1] is '.' or '!' or '?' && at + 1 < text.Length && char.IsLower(text[at + 1]) && last.Length >= ShortestLastWord;

    private static ReadOnlySpan<char> Following(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var end = start;
        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '’';

    private static bool Is(ReadOnlySpan<char> word, params ReadOnlySpan<string> these)
    {
        foreach (var one in these)
        {
            if (word.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
