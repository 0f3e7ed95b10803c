namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds names that have one stem and are two: 'HTTP' and 'HTTPS', 'Adam' and 'Adams'. What is the plural of a word is another's name when both are written as names.
/// </summary>
internal static class NameEndings
{
    /// <summary>Whether one statement has such a name where the other has the other.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        for (var i = 0; i < one.Tokens.Count; i++)
        {
            if (IsName(one.Tokens[i]) && IsOfAnother(one, i, other))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfAnother(PairStatement one, int at, PairStatement other)
    {
        var name = one.Tokens[at];
        var found = false;
        for (var j = 0; j < other.Tokens.Count; j++)
        {
            var like = other.Tokens[j];
            if (like.Text == name.Text)
            {
                return false;
            }

            found |= like.Stem == name.Stem && IsName(like) && (Sure(name, like) || NextIsSame(one, at, other, j)) && !one.Tokens.Any(t => t.Text == like.Text);
        }

        return found;
    }

    // 'Servers need' is the plural of 'Server needs'; 'Williams owns' and 'William owns' are two men.
    private static bool NextIsSame(PairStatement one, int at, PairStatement other, int there) =>
        at + 1 < one.Tokens.Count && there + 1 < other.Tokens.Count && one.Tokens[at + 1].Text == other.Tokens[there + 1].Text;

    private static bool Sure(StatementToken name, StatementToken like) => !name.StartsSentence && !like.StartsSentence;

    // Of spellings that are known to be one ('Postgres', 'PostgreSQL') nobody makes two names, and titles are no names.
    private static bool IsName(StatementToken token) => token is { Kind: TokenKind.Word, IsCapital: true } and not { Text: "mr" or "mrs" or "ms" } && !WordForms.IsKnown(token.Text);
}
