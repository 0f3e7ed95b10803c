using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Tells people apart whom only the letter between their names does: 'Paula R. Ortiz' need not be 'Paula Ortiz'.</summary>
internal static partial class MiddleInitials
{
    /// <summary>Whether somebody of one text is named in the other with another such letter, or without one.</summary>
    public static bool Differ(string one, string other) => IsOtherwiseIn(other, one) || IsOtherwiseIn(one, other);

    private static bool IsOtherwiseIn(string text, string named) => Named().Matches(named).Any(name =>
        text.Contains($"{name.Groups[1].Value} {name.Groups[3].Value}", StringComparison.Ordinal)
        || Named().Matches(text).Any(n => n.Groups[1].Value == name.Groups[1].Value && n.Groups[3].Value == name.Groups[3].Value && n.Groups[2].Value != name.Groups[2].Value));

    [GeneratedRegex(@"\b(\p{Lu}\p{Ll}+) (\p{Lu})\.? (\p{Lu}\p{Ll}+)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
