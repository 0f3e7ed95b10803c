using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds articles that are part of a name: 'hepatitis A', 'The Hague', team "The A". One with a capital inside a sentence, in quotes, or with nothing
/// behind it must stand beside the same word in whatever says the same; in which case does not matter. The others may be left out.
/// </summary>
internal static partial class NamingArticles
{
    private const string Opening = "\"'“”„‘’«‹([{*_`";

    /// <summary>An article.</summary>
    /// <param name="Word">It, in lower case.</param>
    /// <param name="Before">The word before it, in lower case; empty at the beginning.</param>
    /// <param name="After">The word after it, in lower case; empty at the end.</param>
    /// <param name="IsNaming">Whether it is part of a name.</param>
    public readonly record struct Found(string Word, string Before, string After, bool IsNaming)
    {
        /// <summary>Whether two are one article beside one word.</summary>
        public bool Is(Found other) => Word == other.Word && (Before == other.Before || (After.Length > 0 && After == other.After));
    }

    /// <summary>The articles of a text, in order.</summary>
    public static IReadOnlyList<Found> Read(string content)
    {
        var found = new List<Found>();
        var isShouted = !content.Any(char.IsLower);
        foreach (var match in Articles().EnumerateMatches(content))
        {
            var article = content.AsSpan(match.Index, match.Length);
            var before = content.AsSpan(0, match.Index);
            var behind = content.AsSpan(match.Index + match.Length);
            var isNaming = IsQuoted(before)
                || (article.Length == 1 && HasNothingBehind(behind))
                || (char.IsUpper(article[0]) && !(isShouted && article.Length > 1) && (!StartsSentence(before) || IsGivenName(article, behind)));
            found.Add(new Found(article.ToString().ToLowerInvariant(), LastWord(before), FirstWord(behind), isNaming));
        }

        return found;
    }

    /// <summary>Whether a text lacks an article of a name that the other has.</summary>
    public static bool Differ(IReadOnlyList<Found> one, IReadOnlyList<Found> other) => Lacks(one, other) || Lacks(other, one);

    private static bool Lacks(IReadOnlyList<Found> from, IReadOnlyList<Found> inOther) =>
        from.Any(f => f.IsNaming && from.Count(x => x.IsNaming && x.Is(f)) > inOther.Count(f.Is));

    private static bool IsQuoted(ReadOnlySpan<char> before) => before is [.., '"' or '\'' or '“' or '”' or '„' or '‘' or '’' or '«' or '‹'];

    // 'An Nguyen', 'A Chen'; and perhaps 'An Oslo flat', which then is not taken for 'Oslo flat'.
    private static bool IsGivenName(ReadOnlySpan<char> article, ReadOnlySpan<char> behind) =>
        article is "An" or "A" && behind is [' ', var first, var second, ..] && char.IsUpper(first) && char.IsLower(second);

    // 'Plan a.' and 'A/B', but neither 'a plan' nor 'a.m.'
    private static bool HasNothingBehind(ReadOnlySpan<char> behind) =>
        behind.IsEmpty || (!char.IsWhiteSpace(behind[0]) ? behind.Length < 2 || behind[0] != '.' || !char.IsLetter(behind[1]) : behind.Trim().IsEmpty);

    private static bool StartsSentence(ReadOnlySpan<char> before)
    {
        var text = before.TrimEnd(Opening + " \t-•");
        return text.IsEmpty || text[^1] is '.' or '!' or '?' or ':' or ';' or '…' or '\n' or '\r' or '。';
    }

    private static string LastWord(ReadOnlySpan<char> before)
    {
        var end = before.Length;
        while (end > 0 && !char.IsLetterOrDigit(before[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && char.IsLetterOrDigit(before[start - 1]))
        {
            start--;
        }

        return Lower(before[start..end]);
    }

    private static string FirstWord(ReadOnlySpan<char> behind)
    {
        var start = 0;
        while (start < behind.Length && !char.IsLetterOrDigit(behind[start]))
        {
            start++;
        }

        var end = start;
        while (end < behind.Length && char.IsLetterOrDigit(behind[end]))
        {
            end++;
        }

        return Lower(behind[start..end]);
    }

    private static string Lower(ReadOnlySpan<char> word) => word.ToString().ToUpperInvariant().ToLowerInvariant();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(a|an|the)(?![\p{L}\p{Nd}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Articles();
}
