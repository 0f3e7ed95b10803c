using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares what stands at values: 'minus 5' is not '5', 'below 20' is not '20', '1 h 30 min' is not '1 h', '6 to 8' is not '8'. A value counts where both statements have it.
/// </summary>
internal static class ValueWords
{
    private const int Reach = 2;

    private static readonly FrozenSet<string> Turning = FrozenSet.ToFrozenSet(
        ["minus", "negative", "plus", "below", "under", "above", "over", "beyond", "less", "fewer", "more", "least", "most", "twice", "double", "thrice", "half", "exceeds", "exceed"]);

    // '5 euros per item', '17 and later', 'up to 5': where the other says it in words of its own ('a month', 'at most'), it is no turn.
    private static readonly FrozenSet<string> Following = FrozenSet.ToFrozenSet(["per", "plus", "later", "older", "newer", "upwards", "onwards"]);
    private static readonly FrozenSet<string> Limiting = FrozenSet.ToFrozenSet(
        ["per", "a", "an", "each", "every", "daily", "weekly", "monthly", "yearly", "annual", "annually", "hourly", "limit", "limits", "limited", "most", "least", "more", "maximum", "minimum", "max", "exceed", "oldest", "older", "newer"]);

    /// <summary>Whether a value that both have is turned by a word, or goes on in another value, in one of them only.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => one.Values.Count > 0 && other.Values.Count > 0
        && (Words(one, other) is var here && Words(other, one) is var there && !here.SetEquals(there));

    private static HashSet<(string Value, string At)> Words(PairStatement statement, PairStatement other)
    {
        var (tokens, found) = (statement.Tokens, new HashSet<(string, string)>());
        var isSaidOtherwise = other.Tokens.Any(static t => Limiting.Contains(t.Text));
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Number || !other.ValueIndex.Contains(tokens[i].Stem))
            {
                continue;
            }

            for (var j = Math.Max(0, i - Reach); j < i; j++)
            {
                // 'Under 9 for 5', 'over Lake 5': what stands before another value or a name is not of this one.
                if (Turning.Contains(tokens[j].Text) && !(j + 1 < i && (tokens[j + 1].IsValue || tokens[j + 1].IsCapital)))
                {
                    found.Add((tokens[i].Stem, tokens[j].Text));
                }
            }

            for (var j = i + 1; j < tokens.Count && j <= i + Reach && !tokens[j].IsValue; j++)
            {
                if (!isSaidOtherwise && Following.Contains(tokens[j].Text))
                {
                    found.Add((tokens[i].Stem, tokens[j].Text));
                }
            }

            if (i > 1 && tokens[i - 1].Text == "to" && ((tokens[i - 2].Text == "up" && !isSaidOtherwise) || (tokens[i - 2].Kind == TokenKind.Number && !tokens.Any(static t => t.Text == "from") && !other.ValueIndex.Contains(tokens[i - 2].Stem))))
            {
                found.Add((tokens[i].Stem, "up to"));
            }

            foreach (var beside in new[] { i - 1, i + 1 })
            {
                if (beside >= 0 && beside < tokens.Count && tokens[beside] is { Kind: TokenKind.Number, InList: false } more && !tokens[i].InList && !other.ValueIndex.Contains(more.Stem))
                {
                    found.Add((tokens[i].Stem, more.Stem));
                }
            }
        }

        return found;
    }
}
