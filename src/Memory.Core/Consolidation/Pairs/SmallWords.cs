using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Small words that turn a meaning and that stems do not tell apart: 'few' is hardly any, 'a few' are some; 'let's' is not 'lets'.</summary>
internal static partial class SmallWords
{
    /// <summary>Whether two texts differ in them.</summary>
    public static bool Differ(string one, string other) =>
        HardlyAny().Count(one) != HardlyAny().Count(other) || LetUs().IsMatch(one) != LetUs().IsMatch(other);

    [GeneratedRegex(@"(?<!\ba\s+)\b(few|little)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HardlyAny();

    [GeneratedRegex(@"\blet['’]s\b", RegexOptions.IgnoreCase)]
    private static partial Regex LetUs();
}
