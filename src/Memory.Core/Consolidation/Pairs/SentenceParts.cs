using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>What stands before and behind a place of a sentence, as the stems of its words of content: of a long part its first six.</summary>
internal static class SentenceParts
{
    private const int MaxStems = 6;

    private static readonly FrozenSet<string> Stops = FrozenSet.ToFrozenSet(
        ["because", "since", "after", "as", "when", "so", "but", "while", "due", "although", "though", "which", "who", "that", "where", "if", "before", "until", "and"]);

    /// <summary>Where a word stands next within the sentence; -1 for nowhere.</summary>
    public static int NextIn(List<StatementToken> words, int from, string text)
    {
        for (var i = from; i < words.Count && !words[i].StartsSentence; i++)
        {
            if (words[i].Text == text)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The stems of the sentence before a place.</summary>
    public static List<string> Before(List<StatementToken> words, int at)
    {
        var start = at;
        while (start > 0 && !words[start].StartsSentence)
        {
            start--;
        }

        return Stems(words, start, at);
    }

    /// <summary>The stems from a place on, to the end of the clause.</summary>
    public static List<string> After(List<StatementToken> words, int at)
    {
        var end = at;
        while (end < words.Count && !words[end].StartsSentence && !Stops.Contains(words[end].Text))
        {
            end++;
        }

        return Stems(words, at, end);
    }

    /// <summary>The stems between two places.</summary>
    public static List<string> Stems(List<StatementToken> words, int from, int to)
    {
        var stems = new List<string>();
        for (var i = from; i < to && stems.Count < MaxStems; i++)
        {
            if (words[i].IsContent && words[i].Text is not ("now" or "longer" or "more" or "any"))
            {
                stems.Add(words[i].Stem);
            }
        }

        return stems;
    }
}
