using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs of which one says what for: 'Beacon uses TeamCity for continuous integration' and 'Beacon uses MySQL'. What somebody uses for one thing leaves
/// open what else is used.
/// </summary>
internal static class Purposes
{
    private static readonly FrozenSet<string> Uses = FrozenSet.ToFrozenSet(["use", "uses", "using", "rely", "relies", "depend", "depends"], StringComparer.Ordinal);

    /// <summary>Whether one of two statements about what is used says what for, and the other, which does not know of it, says what is used.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => SaysWhatFor(one, other) || SaysWhatFor(other, one);

    private static bool AreOfUse(PairStatement statement) => statement.Tokens.Any(static t => Uses.Contains(t.Text));

    private static bool SaysWhatFor(PairStatement one, PairStatement other)
    {
        if (one.Denied.Count > 0 || other.Denied.Count > 0 || !AreOfUse(one) || !AreOfUse(other))
        {
            return false;
        }

        for (var i = 0; i + 1 < one.Tokens.Count; i++)
        {
            // 'For the record' is no purpose.
            if (one.Tokens[i].Text == "for" && one.Tokens[i + 1] is { Kind: TokenKind.Word or TokenKind.Identifier } what && one.TermIndex.Contains(what.Stem) && !other.AllStems.Contains(what.Stem))
            {
                return true;
            }
        }

        return false;
    }
}
