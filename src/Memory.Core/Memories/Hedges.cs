namespace Memory.Core.Memories;

/// <summary>
/// Tells whether who speaks leaves room for being wrong: 'I think', 'apparently', 'if I remember correctly'. What others think is no hedge, nor is a number
/// that is only about right. English only, as the lists of words of consolidation are.
/// </summary>
internal static class Hedges
{
    /// <summary>Whether every sentence of a text is hedged: what one of several leaves open says nothing of the others.</summary>
    /// <param name="text">The text.</param>
    public static bool AreIn(string text)
    {
        var from = 0;
        foreach (var end in SentenceEnds.Of(text))
        {
            if (!text.AsSpan(from, end - from).IsWhiteSpace() && !IsHedged(text.AsSpan(from, end - from)))
            {
                return false;
            }

            from = end;
        }

        var rest = text.AsSpan(from);
        return rest.IsWhiteSpace() ? from > 0 : IsHedged(rest);
    }

    private static bool IsHedged(ReadOnlySpan<char> sentence)
    {
        ReadOnlySpan<char> before = default, last = default;
        for (var at = 0; at < sentence.Length;)
        {
            var start = at;
            while (at < sentence.Length && IsOfWord(sentence[at]))
            {
                at++;
            }

            if (at == start)
            {
                at++;
                continue;
            }

            var word = sentence[start..at];
            if (Hedge(before, last, word))
            {
                return true;
            }

            before = last;
            last = word;
        }

        return false;
    }

    private static bool Hedge(ReadOnlySpan<char> before, ReadOnlySpan<char> last, ReadOnlySpan<char> word) =>
        Is(word, "probably", "perhaps", "maybe", "possibly", "apparently", "presumably", "reportedly", "supposedly", "allegedly", "seemingly")
        || (Is(last, "i", "we") && Is(word, "think", "believe", "guess", "suppose", "suspect", "assume", "reckon"))
        || (Is(last, "not") && Is(word, "sure", "certain", "mistaken") && (before.IsEmpty || Is(before, "am", "i'm", "i’m", "we're", "we’re")))
        || (Is(before, "may", "might", "could") && Is(last, "be") && Is(word, "wrong", "mistaken"))
        || (Is(before, "far") && Is(last, "as") && Is(word, "i", "we"))
        || (Is(last, "remember", "recall") && Is(word, "correctly", "rightly", "right"))
        || (Is(last, "my", "our") && Is(word, "knowledge"))
        || (Is(last, "memory") && Is(word, "serves"))
        || (Is(last, "it") && Is(word, "seems"))
        || (Is(before, "it") && Is(last, "appears") && Is(word, "that"));

    private static bool IsOfWord(char c) => char.IsLetter(c) || c is '\'' or '’';

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
