using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds where a statement begins behind the words that only say that it is one: 'For the record,', 'To keep in mind:', 'As far as I know,'.</summary>
internal static class ReportFrames
{
    private const int MaxWords = 8;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
        ("for the record to keep in mind as far i we know if remember correctly recall just so that it is be noted note reminder fyi not sure but may wrong don't forget important heads-up heads up "
        + "please user users said says mentioned i'm am to my our knowledge of btw by way info information update general remark one thing worth knowing bear").Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many characters of a text are such words, with the colon or comma behind them and what space follows; 0 for none.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (Next(text[length..]) is > 0 and var more)
        {
            length += more;
        }

        return length;
    }

    /// <summary>Whether a word is one of those.</summary>
    public static bool IsOf(string word) => Words.Contains(word);

    /// <summary>Whether such words weaken what follows: 'as far as I know', 'if I remember correctly', 'not sure'.</summary>
    public static bool AreHedges(ReadOnlySpan<char> frame) => frame.Contains("know", StringComparison.OrdinalIgnoreCase)
        || frame.Contains("correctly", StringComparison.OrdinalIgnoreCase) || frame.Contains("sure", StringComparison.OrdinalIgnoreCase);

    private static int Next(ReadOnlySpan<char> text)
    {
        var (words, start) = (0, -1);
        for (var i = 0; i < text.Length && words < MaxWords; i++)
        {
            var c = text[i];
            if (char.IsLetter(c) || c is '\'' or '’' or '-')
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                if (!Words.Contains(text[start..i]))
                {
                    return 0;
                }

                (words, start) = (words + 1, -1);
            }

            if (c is ':' or ',')
            {
                var end = i + 1;
                while (end < text.Length && char.IsWhiteSpace(text[end]))
                {
                    end++;
                }

                return words > 0 && end < text.Length ? end : 0;
            }

            // '*Important*: …'
            if (!char.IsWhiteSpace(c) && c is not ('*' or '_'))
            {
                return 0;
            }
        }

        return 0;
    }
}
