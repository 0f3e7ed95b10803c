namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds pairs about two things of one sort: 'the savings account has 5,000 euros' and 'the checking account has 800'. Each may have a value of its own.</summary>
internal static class Modifiers
{
    /// <summary>Whether before a word that both statements have one has a word that the other has not, and the other way round.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        for (var i = 0; i + 1 < one.Tokens.Count; i++)
        {
            if (IsOnlyIn(one, i, other) && Heads(other, one).Contains(one.Tokens[i + 1].Stem, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Heads(PairStatement statement, PairStatement other) =>
        Enumerable.Range(0, Math.Max(0, statement.Tokens.Count - 1)).Where(i => IsOnlyIn(statement, i, other)).Select(i => statement.Tokens[i + 1].Stem);

    private static bool IsOnlyIn(PairStatement statement, int at, PairStatement other) =>
        statement.Tokens[at] is { Kind: TokenKind.Word, IsCapital: false } word && statement.Tokens[at + 1] is { Kind: TokenKind.Word, StartsSentence: false, InList: false } && !VerbTenses.IsPast(word)
        && !other.AllStems.Contains(word.Stem) && !word.Text.EndsWith("ly", StringComparison.Ordinal);
}
