using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds articles that are part of a name: 'hepatitis A', 'The Hague', team "The A". One with a capital inside a sentence, in quotes, or with nothing
/// behind it must stand after the same word in whatever says the same; in which case does not matter. The others may be left out.
/// </summary>
internal static partial class NamingArticles
{
    private const string Opening = "\"'“”„‘’«‹([{*_`";

    /// <summary>An article.</summary>
    /// <param name="Word">It and the word before it, in lower case.</param>
    /// <param name="IsNaming">Whether it is part of a name.</param>
    public readonly record struct Found((string Article, string Before) Word, bool IsNaming);

    /// <summary>The articles of a text, in order.</summary>
    public static IReadOnlyList<Found> Read(string content)
    {
        var found = new List<Found>();
        var isShouted = !content.Any(char.IsLower);
        foreach (var match in Articles().EnumerateMatches(content))
        {
            var article = content.AsSpan(match.Index, match.Length);
            var before = content.AsSpan(0, match.Index);
            var isNaming = IsQuoted(before)
                || (article.Length == 1 && HasNothingBehind(content.AsSpan(match.Index + match.Length)))
                || (char.IsUpper(article[0]) && !(isShouted && article.Length > 1) && !StartsSentence(before));
            found.Add(new Found((article.ToString().ToLowerInvariant(), LastWord(before)), isNaming));
        }

        return found;
    }

    /// <summary>Whether a text lacks an article of a name that the other has.</summary>
    public static bool Differ(IReadOnlyList<Found> one, IReadOnlyList<Found> other) => Lacks(one, other) || Lacks(other, one);

    private static bool Lacks(IReadOnlyList<Found> from, IReadOnlyList<Found> inOther) =>
        from.Any(f => f.IsNaming && from.Count(x => x.IsNaming && x.Word == f.Word) > inOther.Count(o => o.Word == f.Word));

    private static bool IsQuoted(ReadOnlySpan<char> before) => before is [.., '"' or '\'' or '“' or '”' or '„' or '‘' or '’' or '«' or '‹'];

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

        return before[start..end].ToString().ToUpperInvariant().ToLowerInvariant();
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(a|an|the)(?![\p{L}\p{Nd}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Articles();
}
