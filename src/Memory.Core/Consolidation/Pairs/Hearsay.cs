using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds what somebody else says, thinks or dreams: 'Ana said that Bo lied' does not say that he did.</summary>
internal static partial class Hearsay
{
    /// <summary>Whether one of two statements only tells that somebody says something.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => Said().IsMatch(one.Content) != Said().IsMatch(other.Content);

    // What the user says is what the memory is of.
    [GeneratedRegex(
        @"(?<!\b[Tt]he )(?<!\b[Oo]ur )\b(?!(User|Users|Note|I|We|It)\b)\p{Lu}\p{L}+ (said|says|claims|claimed|thinks|thought|believes|believed|heard|doubts|doubted|suspects|suspected|insists|insisted|imagines|imagined|pretends|pretended)\b(?! (to|no|yes)\b)|\b(dream|dreams|dreamt|dreamed) (of|about|that)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
