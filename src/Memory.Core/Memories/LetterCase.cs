using System.Collections.Frozen;

namespace Memory.Core.Memories;

/// <summary>
/// Finds words that are others in another case: the options <c>-v</c> and <c>-V</c>, the identifiers <c>userID</c> and <c>userId</c>, 10 Mb and 10 MB, 'IT' and 'it'. Elsewhere case
/// is a matter of how somebody writes ('github', 'Github', 'GitHub').
/// </summary>
internal static class LetterCase
{
    private static readonly FrozenSet<string> ShortWords = FrozenSet.ToFrozenSet(["it", "us"]);

    private static readonly FrozenSet<string> Units = FrozenSet.ToFrozenSet(["kb", "mb", "gb", "tb", "mw"]);

    /// <summary>Whether one of two texts has such a word only in another case than the other.</summary>
    public static bool Differs(string one, string other) => !string.Equals(one, other, StringComparison.Ordinal) && (Turns(one, other) || Turns(other, one));

    private static bool Turns(string one, string other)
    {
        var theirs = Words(other);
        var exact = theirs.ToHashSet(StringComparer.Ordinal);
        foreach (var word in Words(one))
        {
            if (!exact.Contains(word) && theirs.Find(t => t.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } variant && Matters(word, variant))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matters(string word, string variant) =>
        word[0] is '-' or '%' or '\\'
        || (word.Contains('_', StringComparison.Ordinal) && word[1..] != variant[1..])
        || (HasCapitalWithin(word) && HasCapitalWithin(variant) && (char.IsLower(word[0]) || char.IsLower(variant[0])))
        || (Units.Contains(word.ToLowerInvariant()) && word.Any(char.IsUpper) && variant.Any(char.IsUpper))
        || (ShortWords.Contains(word) && variant.All(char.IsUpper));

    private static bool HasCapitalWithin(string word) => word.Skip(1).Any(char.IsUpper);

    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static w => w.Trim('.', ',', ';', ':', '!', '?', '(', ')', '"', '\'', '`')).Where(static w => w.Length > 0)];
}
