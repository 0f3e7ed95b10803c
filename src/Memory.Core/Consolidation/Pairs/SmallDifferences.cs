using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds statements that are one, in one order, but for a word or two that turn the meaning: 'failed to renew' and 'renewed', 'valid until June' and
/// 'valid from June', 'toxic' and 'non-toxic'; and that have all words in common, where another does it, or does it first.
/// </summary>
internal static class SmallDifferences
{
    private const int MostLeft = 3;

    // Who adds one of them, or says it where another word stands, says something else.
    private static readonly FrozenSet<string> Turning = Set(
        "non un anti ex vice deputy former acting mock fake false half semi bi pretend pretends pretended fail fails failed want wants wanted wish wishes wished hope hopes hoped try tries tried refuse refuses refused "
        + "decline declines declined forget forgets forgot promise promises promised intend intends intended threaten threatens threatened stop stops stopped "
        + "for against until till from to by during within outside inside after before since past every each other total too enough next last first got "
        + "new old papua mr mrs ms miss");

    private static readonly FrozenSet<string> Being = Set("is are am was were be been being got gets get");
    private static readonly FrozenSet<string> Orders = Set("before after");

    /// <summary>Whether two statements differ in such words only, or in what is done by whom, or first.</summary>
    public static bool Are(PairStatement one, PairStatement other)
    {
        if (one.Tokens.Count > WordOrder.MaxTerms || other.Tokens.Count > WordOrder.MaxTerms)
        {
            return false;
        }

        var (left, right) = (Only(one, other), Only(other, one));
        if (left.Count == 0 && right.Count == 0 && OrdersDiffer(one, other))
        {
            return true;
        }

        return left.Count + right.Count <= MostLeft && left.TrueForAll(IsTurning) && right.TrueForAll(IsTurning) && StandInOneOrder(one, other) && (left.Count + right.Count > 0
            || SuffersAnother(one, other) || SuffersAnother(other, one));
    }

    // 'Mrs' is no plural.
    private static string Form(StatementToken token) => IsTurning(token) ? token.Text : token.Stem;

    private static bool IsTurning(StatementToken token) => Turning.Contains(token.Text);

    private static List<StatementToken> Only(PairStatement one, PairStatement other)
    {
        var stems = other.Tokens.Select(Form).ToList();
        // '3 to 5' is written '3-5' too.
        return [.. one.Tokens.Where((t, i) => !stems.Remove(Form(t)) && !(t.Text == "to" && i > 0 && one.Tokens[i - 1].IsValue) && (IsTurning(t) || !(WordLists.Function.Contains(t.Text) || WordLists.Hedges.Contains(t.Text))))];
    }

    private static bool StandInOneOrder(PairStatement one, PairStatement other) => Shared(one, other).SequenceEqual(Shared(other, one), StringComparer.Ordinal);

    private static IEnumerable<string> Shared(PairStatement one, PairStatement other) =>
        one.Terms.Where(t => other.TermIndex.Contains(t.Stem)).Select(static t => t.Stem);

    // 'Stretch before running', 'run before stretching'.
    private static bool OrdersDiffer(PairStatement one, PairStatement other) => Orders.Any(word => Following(one, word) is { } first && Following(other, word) is { } second && first != second);

    private static string? Following(PairStatement statement, string word)
    {
        var at = statement.Tokens.TakeWhile(t => t.Text != word).Count();
        return statement.Tokens.Skip(at + 1).FirstOrDefault(static t => t.IsContent).Stem;
    }

    // 'Kim was sold the car', 'Kim sold the car': of one verb the one does what is done to the other.
    private static bool SuffersAnother(PairStatement one, PairStatement other)
    {
        for (var i = 1; i < one.Tokens.Count; i++)
        {
            var stem = one.Tokens[i].Stem;
            if (IsSuffered(one, i) && other.Tokens.Any(t => t.Stem == stem && VerbTenses.IsPast(t)) && !Enumerable.Range(1, other.Tokens.Count - 1).Any(j => other.Tokens[j].Stem == stem && IsSuffered(other, j)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSuffered(PairStatement statement, int at) => Being.Contains(statement.Tokens[at - 1].Text) && VerbTenses.IsPast(statement.Tokens[at]);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
