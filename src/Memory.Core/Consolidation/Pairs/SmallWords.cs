using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Small words that turn a meaning and that stems do not tell apart: 'few' is hardly any, 'a few' are some; 'let's' is not 'lets'. And where two
/// statements have all words of content in common: 'a key and a badge' and 'a key or a badge', 'must lock' and 'may lock', 'almost failed' and 'failed'.
/// </summary>
internal static partial class SmallWords
{
    // Who uses one word of a group where the other uses another says something else.
    private static readonly FrozenSet<string>[] Exchanged =
    [
        Set("and or nor but"), Set("must should may might can could would will shall cannot need"), Set("he she they we i you it"), Set("him her them us me"),
        Set("his her their our my your its"), Set("to from for"), Set("over under in on above below into onto inside outside out within up down"), Set("before after during until since"),
        Set("with without"), Set("of off"), Set("this that these those"), Set("who whom whose"), Set("all some each any every no none both neither either"), Set("and over than instead"),
    ];

    private static readonly FrozenSet<string>[] Tenses = [Set("is are am was were"), Set("has have had"), Set("do does did")];

    private static readonly FrozenSet<string>[] SameTense = [Set("is are am"), Set("was were"), Set("has have"), Set("do does")];

    // Who adds one of them takes something back; what limits a statement in any text is in Limits.
    private static readonly FrozenSet<string> Added = Set(
        "or but without almost nearly hardly barely scarcely must should may might could would cannot even either neither need needs "
        + "anything everything everyone everybody other else than far away deny denies denied doubt doubts doubted doubtful wrong myth rumour rumor lie lies false claim claims "
        + "free half once twice will going plan plans planned planning apply applied applies near close competitor "
        + "geen niet nooit kein keine keinen nicht nie pas jamais aucun nunca ningún ikke inte aldrig");

    /// <summary>Whether two statements differ in them.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => Differ(one.Content, other.Content) || (HaveSameTermsBesideAdded(one, other) && AreTurned(one, other));

    /// <summary>Whether two texts differ in those that count in any text.</summary>
    public static bool Differ(string one, string other) =>
        HardlyAny().Count(one) != HardlyAny().Count(other) || LetUs().IsMatch(one) != LetUs().IsMatch(other);

    private static bool AreTurned(PairStatement one, PairStatement other)
    {
        var (left, right) = (Left(one, other), Left(other, one));
        return left.Exists(Added.Contains) || right.Exists(Added.Contains)
            || (WordOrder.IsPassive(one) == WordOrder.IsPassive(other) && (Array.Exists(Exchanged, group => left.Exists(group.Contains) && right.Exists(group.Contains)) || TensesDiffer(left, right) || VerbTenses.Differ(one, other)));
    }

    private static bool TensesDiffer(List<string> left, List<string> right) => Array.Exists(
        Tenses, group => left.Exists(l => group.Contains(l) && right.Exists(r => group.Contains(r) && !Array.Exists(SameTense, same => same.Contains(l) && same.Contains(r)))));

    // But for what one of them adds: 'almost failed' and 'failed'.
    private static bool HaveSameTermsBesideAdded(PairStatement one, PairStatement other) => IsWithin(one, other) && IsWithin(other, one);

    private static bool IsWithin(PairStatement one, PairStatement other) => one.Terms.All(t => other.TermIndex.Contains(t.Stem) || Added.Contains(t.Token.Text));

    // The words of one that the other does not have, or less often.
    private static List<string> Left(PairStatement one, PairStatement other)
    {
        // 'I guess' and 'it might be that' speak of who says it; 'May' may be a date.
        var left = one.Tokens.Skip(one.Tokens is [{ Text: "it" }, { Text: "may" or "might" or "could" }, { Text: "be" }, { Text: "that" }, ..] ? 4 : 0)
            .Where(t => !t.IsValue && !(one.IsHedged && t.Text == "i")).Select(static t => t.Text).ToList();
        foreach (var token in other.Tokens)
        {
            left.Remove(token.Text);
        }

        return left;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<!\ba\s+)\b(few|little)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HardlyAny();

    [GeneratedRegex(@"\blet['’]s\b", RegexOptions.IgnoreCase)]
    private static partial Regex LetUs();
}
