using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Compares what stands at values: 'minus 5' is not '5', 'below 20' is not '20', '1 h 30 min' is not '1 h'. A value counts where both statements have it.
/// </summary>
internal static class ValueWords
{
    private const int Reach = 2;

    private static readonly FrozenSet<string> Turning = FrozenSet.ToFrozenSet(
        ["minus", "negative", "plus", "below", "under", "above", "over", "beyond", "less", "fewer", "more", "least", "most", "twice", "double", "thrice", "half", "exceeds", "exceed"]);

    /// <summary>Whether a value that both have is turned by a word, or goes on in another value, in one of them only.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => one.Values.Count > 0 && other.Values.Count > 0
        && (Words(one, other) is var here && Words(other, one) is var there && !here.SetEquals(there));

    private static HashSet<(string Value, string At)> Words(PairStatement statement, PairStatement other)
    {
        var (tokens, found) = (statement.Tokens, new HashSet<(string, string)>());
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
