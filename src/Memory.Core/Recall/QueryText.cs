using System.Collections.Frozen;
using System.Text;
using Memory.Core.Recall.Index;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>The phrases that a query puts in quotes.</summary>
internal static class QueryText
{
    // What closes a quotation that a mark opens. People mix what their keyboards have, and nations turn the marks round.
    private static readonly FrozenDictionary<char, string> Closers = new Dictionary<char, string>
    {
        ['"'] = "\"\u201D", ['\u201C'] = "\u201D\"\u201C", ['\u201D'] = "\u201D\"", ['\u201E'] = "\u201C\u201D\"",
        ['\u00AB'] = "\u00BB", ['\u00BB'] = "\u00AB", ['\u300C'] = "\u300D", ['\u300E'] = "\u300F", ['\uFF02'] = "\uFF02",
    }.ToFrozenDictionary();

    /// <summary>What stands in double quotes of any nation, each phrase once. A straight one after a digit means inches, unless it closes.</summary>
    public static IReadOnlyList<string> Phrases(string query)
    {
        var phrases = new List<string>();
        for (var at = 0; at < query.Length; at++)
        {
            if (Closers.TryGetValue(query[at], out var closers) && !IsInches(query, at) && query.AsSpan(at + 1).IndexOfAny(closers) is >= 0 and var length)
            {
                var phrase = query.AsSpan(at + 1, length).Trim();
                if (SaysSomething(phrase))
                {
                    phrases.Add(phrase.ToString());
                }

                at += length + 1;
            }
        }

        return [.. phrases.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A query with its quotation marks taken out: the same words, of which no two must stand together.</summary>
    public static string Unquoted(string query) => string.Concat(query.Select(static c => IsMark(c) ? ' ' : c));

    /// <summary>A query without the white space and the pair of quotes around it; with the quotes when they are all there is.</summary>
    public static string WithoutQuotes(string query)
    {
        var text = query.Trim();
        return text.Length > 2 && IsMark(text[0]) && IsMark(text[^1]) && text[1..^1].Trim() is { Length: > 0 } inner ? inner : text;
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

    private static bool IsInches(string query, int at) => query[at] == '"' && at > 0 && char.IsAsciiDigit(query[at - 1]);

    private static bool IsMark(char c) => Closers.ContainsKey(c) || c is '\u300D' or '\u300F';

    // A single mark is more often left over of a sentence than looked for.
    private static bool SaysSomething(ReadOnlySpan<char> phrase) => HasLetter(phrase) || phrase.Length > 1;
}
