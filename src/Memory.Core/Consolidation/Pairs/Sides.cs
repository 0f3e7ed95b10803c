namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares who stands before and who behind what is done, where several are named together: 'Ana pays Bo and Cy', 'Ana and Bo pay Cy' and 'Ana and Cy pay Bo'
/// have the same words, and members of a list may change places only on their side.
/// </summary>
internal static class Sides
{
    private const int LeastNames = 3;

    /// <summary>Whether names that both statements have stand on another side of a word that both have.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        if (IsStateOrPassive(one) || IsStateOrPassive(other))
        {
            return false;
        }

        var names = Names(one).Intersect(Names(other), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return names.Count >= LeastNames && one.Terms.Any(t => t.Token.Kind == TokenKind.Word && !names.Contains(t.Stem) && other.TermIndex.Contains(t.Stem)
            && Before(one, t.Stem, names) is var here && Before(other, t.Stem, names) is var there && IsBetween(here, names) && IsBetween(there, names) && !here.SetEquals(there));
    }

    private static IEnumerable<string> Names(PairStatement statement) => statement.Terms.Where(static t => t.Token.IsCapital).Select(static t => t.Stem);

    private static bool IsBetween(HashSet<string> before, HashSet<string> names) => before.Count > 0 && before.Count < names.Count;

    private static HashSet<string> Before(PairStatement statement, string word, HashSet<string> names) =>
        statement.Terms.TakeWhile(t => t.Stem != word).Select(static t => t.Stem).Where(names.Contains).ToHashSet(StringComparer.Ordinal);

    // 'The boss of Bo and Cy is Ana' turns the sides round, as the passive does.
    private static bool IsStateOrPassive(PairStatement statement) => statement.Tokens.Any(static t => t.Text is "is" or "are" or "was" or "were" or "be" or "been" or "by");
}
