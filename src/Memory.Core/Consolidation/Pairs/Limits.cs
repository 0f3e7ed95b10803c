using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds what a statement takes back of what it says: 'runs on Linux only at night', 'all but two servers', 'works unless patched'. Who says the same
/// without it says more, so that the longer text does not hold the shorter.
/// </summary>
internal static partial class Limits
{
    /// <summary>Whether one of two statements is limited where the other is not.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => !Read(one.Content).SetEquals(Read(other.Content));

    /// <summary>
    /// Whether what should say all of another is so only under a condition that the other does not know: 'when load exceeds 80, restart the node', 'in the novel, the king dies'.
    /// </summary>
    /// <param name="holder">What should say all of the other.</param>
    /// <param name="held">The other.</param>
    public static bool AreMore(PairStatement holder, PairStatement held) => Conditions().Count(holder.Content) > Conditions().Count(held.Content);

    private static HashSet<string> Read(string content) => Words().Matches(content).Select(static m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\b(only|unless|except|excepting|excluding|besides|if|instead of|rather than|seldom|rarely|part-time|thought|untrue|supposedly|zero|almost|nearly|barely|scarcely)\b|(?<![\d.,:])0(?![\d.,:])|-free\b|\b(all|every\w*|any\w*|no\w*) (but|other than|apart from)\b|\b(all|every|any) \w+ but (?!also\b|not\b)|\b(save for|apart from|other than|with the exception of|leaving out|barring|minus(?! \d)|mostly|temporarily|for now|for the time being|hopefully|ideally|in theory|theoretically)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"\b(when|whenever|once(?! (a|an|per|every|more|in|again)\b)|provided|as (long|soon) as|in case)\b|^(in|during|at|on|under|without) (the|a|an|his|her|my|our|their) [^\s,.;:]+( [^\s,.;:]+)?,",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Conditions();
}
