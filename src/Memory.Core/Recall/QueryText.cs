using System.Text;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>The phrases that a query puts in quotes.</summary>
internal static class QueryText
{
    private const int MaxPhrases = 8;

    /// <summary>What stands between two double quotes, straight or curly, and holds a letter or digit.</summary>
    public static IReadOnlyList<string> Phrases(string query)
    {
        var phrases = new List<string>();
        for (var at = 0; phrases.Count < MaxPhrases && Next(query, at) is var open && open >= 0;)
        {
            var close = Next(query, open + 1);
            if (close < 0)
            {
                break;
            }

            var phrase = query[(open + 1)..close].Trim();
            if (phrase.Any(char.IsLetterOrDigit))
            {
                phrases.Add(phrase);
            }

            at = close + 1;
        }

        return phrases;
    }

    /// <summary>A query without the white space and the pair of quotes around it; with the quotes when they are all there is.</summary>
    public static string WithoutQuotes(string query)
    {
        var text = query.Trim();
        return text.Length > 2 && Next(text, 0) == 0 && Next(text, text.Length - 1) >= 0 && text[1..^1].Trim() is { Length: > 0 } inner ? inner : text;
    }

    /// <summary>Whether there is a word to search for: one that is more than a question's or a sentence's frame.</summary>
    public static bool HasSubject(string query)
    {
        Span<char> buffer = stackalloc char[WordScanner.MaxLength];
        var scanner = new WordScanner(query, buffer);
        while (scanner.Next())
        {
            if (!LexicalQuery.IsStopWord(scanner.Word) && HasLetter(scanner.Word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(string query, int from) => query.AsSpan(from).IndexOfAny('"', '\u201C', '\u201D') is >= 0 and var at ? from + at : -1;
}
