namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds the years, months and quarters of which statements tell: 'the budget for 2026', 'sales in May', 'the plan of Q3'. What holds in one says nothing about another.
/// Since when something holds, or until when, is no period.
/// </summary>
internal static class Periods
{
    /// <summary>Whether both tell of periods, none of them the same, and something else differs too: where only the period differs, it is the value.</summary>
    public static bool Differ(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var (here, there) = (Of(one), Of(other));
        return here.Count > 0 && there.Count > 0 && !here.Overlaps(there)
            && ((HasOtherValue(one, other, here) && HasOtherValue(other, one, there)) || (HasOtherWord(alignment.OnlyOne, here) && HasOtherWord(alignment.OnlyOther, there)));
    }

    private static HashSet<string> Of(PairStatement statement)
    {
        var periods = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            if (Is(statement.Tokens[i]) && IsTime(statement.Tokens, i))
            {
                periods.Add(statement.Tokens[i].Stem);
            }
        }

        return periods;
    }

    private static bool Is(StatementToken token) => token.Kind switch
    {
        TokenKind.Number => token.Stem is ['1', '9', _, _] or ['2', '0', _, _],
        // A month with its year or without it ('2026-05', '--05'), and no day.
        TokenKind.Date => token.Stem is [_, _, _, _, '-', _, _] or ['-', '-', _, _],
        TokenKind.Identifier => token.Text is ['q', >= '1' and <= '4'],
        _ => false,
    };

    // 'for 2026', and not 'for 2026 users'; 'in 2026 Ana …'; 'the 2026 budget', and not 'the 2026 users'.
    private static bool IsTime(IReadOnlyList<StatementToken> tokens, int at)
    {
        var isCounted = tokens[at].Kind == TokenKind.Number && at + 1 < tokens.Count && tokens[at + 1] is { Kind: TokenKind.Word, StartsSentence: false };
        return tokens[at - 1].Text switch
        {
            "in" or "during" => !isCounted || tokens[at].StartsSentence || at == 1 || tokens[at - 1].StartsSentence,
            "for" => !isCounted,
            "of" => !isCounted && !(at > 1 && tokens[at - 2].Text == "as"),
            "the" or "our" or "my" => isCounted && !tokens[at + 1].Text.EndsWith('s'),
            _ => false,
        };
    }

    private static bool HasOtherValue(PairStatement statement, PairStatement other, HashSet<string> periods) =>
        statement.Values.Any(v => !other.ValueIndex.Contains(v.Value) && !periods.Contains(v.Value));

    private static bool HasOtherWord(IReadOnlyList<ContentTerm> left, HashSet<string> periods) =>
        left.Any(t => t.Token.Kind is TokenKind.Word or TokenKind.Identifier && !periods.Contains(t.Stem));
}
