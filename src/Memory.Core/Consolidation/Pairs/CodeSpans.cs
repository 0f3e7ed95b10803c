using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds what stands in backticks: code, of which every character counts. Whatever says the same has it too, letter for letter and in the same order, with backticks or without.</summary>
internal static partial class CodeSpans
{
    /// <summary>What stands in backticks, in order.</summary>
    public static IReadOnlyList<string> Read(string content) =>
        content.Contains('`', StringComparison.Ordinal) ? [.. Span().Matches(content).Select(static m => m.Groups[2].Value.Trim()).Where(static s => s.Length > 0)] : [];

    /// <summary>Whether a text lacks what stands in backticks in the other.</summary>
    public static bool Lacks(string content, IReadOnlyList<string> spans)
    {
        var from = 0;
        foreach (var span in spans)
        {
            var at = Find(content, span, from);
            if (at < 0)
            {
                return true;
            }

            from = at + span.Length;
        }

        return false;
    }

    /// <summary>Whether a text has what stands in backticks in the other, but for case.</summary>
    public static bool DifferInCase(IReadOnlyList<string> spans, string content) =>
        spans.Any(s => content.Contains(s, StringComparison.OrdinalIgnoreCase) && !content.Contains(s, StringComparison.Ordinal));

    private static int Find(string content, string span, int from)
    {
        for (var at = content.IndexOf(span, from, StringComparison.Ordinal); at >= 0; at = content.IndexOf(span, at + 1, StringComparison.Ordinal))
        {
            if (!GoesOn(content, span[0], at - 1) && !GoesOn(content, span[^1], at + span.Length))
            {
                return at;
            }
        }

        return -1;
    }

    // Part of a longer word.
    private static bool GoesOn(string content, char edge, int beside) =>
        char.IsLetterOrDigit(edge) && beside >= 0 && beside < content.Length && (char.IsLetterOrDigit(content[beside]) || content[beside] is '-' or '_');

    [GeneratedRegex(@"(?<!`)(`+)(?!`)([^`]+)\1")]
    private static partial Regex Span();
}
