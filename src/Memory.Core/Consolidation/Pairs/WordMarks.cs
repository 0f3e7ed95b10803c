using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Marks within a word that make another word of it: 're-signed' is not 'resigned', and what is Ina's is not Inas. Elsewhere a hyphen or an apostrophe is a
/// matter of spelling ('re-run', 'PR's').
/// </summary>
internal static partial class WordMarks
{
    /// <summary>Whether a word of one text is one of the other's but for such a mark.</summary>
    public static bool Differ(string one, string other) => IsSpelledWithout(one, other) || IsSpelledWithout(other, one);

    private static bool IsSpelledWithout(string marked, string plain)
    {
        foreach (var match in Marked().EnumerateMatches(marked))
        {
            var word = marked.AsSpan(match.Index, match.Length);
            if (!Holds(plain, word, StringComparison.OrdinalIgnoreCase) && Holds(plain, word.ToString().Replace("-", "").Replace("'", "").Replace("’", ""), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(string text, ReadOnlySpan<char> word, StringComparison comparison)
    {
        for (var at = text.AsSpan().IndexOf(word, comparison); at >= 0;)
        {
            if (!char.IsLetterOrDigit(At(text, at - 1)) && !char.IsLetterOrDigit(At(text, at + word.Length)))
            {
                return true;
            }

            var next = text.AsSpan(at + 1).IndexOf(word, comparison);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static char At(string text, int at) => at >= 0 && at < text.Length ? text[at] : ' ';

    // Of names only those written as names are: 'API's' and 'APIs' are one word to most who write it.
    [GeneratedRegex(@"\b[Rr]e-(?:sign|cover|form|sent|create|creation|lease|sort|serve|mark|dress|press|present|prove|store|turn|solve|lay|pose|act|place|bound)\w*|\b\p{Lu}\p{Ll}+['’]s\b")]
    private static partial Regex Marked();
}
