using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Words that usually only frame a report ('the user mentioned that', 'note:') and therefore carry no content, where they are part of a name
/// after all: 'the users table' is not 'the orders table', 'the state machine' not 'the washing machine'.
/// </summary>
internal static class ReportWords
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        "user users user's note notes noted report reported reports state states stated reminder mention mentioned mentions".Split(' '), StringComparer.Ordinal);

    /// <summary>Whether one statement has another word where the other has such a word, before a word that they share.</summary>
    public static bool Differ(PairStatement one, PairStatement other) => IsReplaced(one, other) || IsReplaced(other, one);

    private static bool IsReplaced(PairStatement one, PairStatement other)
    {
        for (var i = 0; i + 1 < one.Tokens.Count; i++)
        {
            if (Words.Contains(one.Tokens[i].Text) && HasAnother(one, other, one.Tokens[i + 1].Stem))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAnother(PairStatement one, PairStatement other, string head)
    {
        for (var i = 1; i < other.Tokens.Count; i++)
        {
            var before = other.Tokens[i - 1];
            if (other.Tokens[i].Stem == head && (before.IsContent || Words.Contains(before.Text))
                && !one.Tokens.Any(t => t.Stem == before.Stem || t.Text == before.Text))
            {
                return true;
            }
        }

        return false;
    }
}
