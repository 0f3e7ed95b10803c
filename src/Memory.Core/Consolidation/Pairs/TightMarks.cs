using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds the marks that are part of what they touch and no punctuation: signs of currencies, an index and a call ('x[0]', 'x(0)'), feet and inches, an
/// address ('&amp;x'), what is behind one ('*p', where no other asterisk ends an emphasis), a word with a colon before it (':x'), one that may be missing
/// ('x?' within a sentence), a minus apart from its number, the signs of a comment, a grade ('A-') and faces.
/// </summary>
internal static partial class TightMarks
{
    /// <summary>The marks of a text, in order.</summary>
    public static IReadOnlyList<string> Read(string content) => [.. Marks().Matches(content).Select(static m => m.Value)];

    /// <summary>Whether two texts have other marks.</summary>
    public static bool Differ(IReadOnlyList<string> one, IReadOnlyList<string> other) => !one.SequenceEqual(other, StringComparer.Ordinal);

    [GeneratedRegex(
        @"(?![$€£¥])\p{Sc}|(?<=[\p{L}\p{Nd}])[\[(](?=\w)|[:;]-?[()](?!\w)|(?<=\d)[""'′″](?!\w)|(?<![\w&])&(?=\w)|(?<![\w*])\*(?=\w)(?![^*]*\w\*(?!\w))|(?<!(?<![\w*])\*\w[^*]*)(?<=\w)\*(?![\w*])|(?<![\w:]):(?=\w)|(?<=\w)\?(?=,? \p{Ll})|(?<=[^\s\d] )[-−](?= \d)|/\*|\*/|(?<=\b[A-F])-(?=[.,\s]|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
