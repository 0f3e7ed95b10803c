using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds who does what to whom where no names tell it: 'I pay my brother' and 'my brother pays me', 'the landlord pays the tenant' and 'the tenant pays the landlord'.</summary>
internal static class Participants
{
    private static readonly FrozenSet<string> Being = FrozenSet.ToFrozenSet(["is", "are", "was", "were", "be", "been", "being", "am"]);

    /// <summary>Whether two statements of the same words give them other parts.</summary>
    public static bool Differ(PairStatement one, PairStatement other) =>
        !one.Tokens.Concat(other.Tokens).Any(static t => Being.Contains(t.Text) || t.Text is "user" || t.Kind == TokenKind.Hedge) && WordOrder.HaveSameTerms(one, other)
        && (SpeakerDoes(one, other) || SpeakerDoes(other, one) || AreExchanged(one, other));

    // 'I … him' beside '… me'.
    private static bool SpeakerDoes(PairStatement does, PairStatement suffers) =>
        Has(does, "i", "we") && !Has(does, "me", "us") && Has(suffers, "me", "us") && !Has(suffers, "i", "we");

    private static bool Has(PairStatement statement, string one, string many) => statement.Tokens.Any(t => t.Text == one || t.Text == many);

    // The first words of both are each in the other's rest, and nothing has just moved to the front.
    private static bool AreExchanged(PairStatement one, PairStatement other)
    {
        var count = one.Terms.Count;
        if (count is < 3 or > WordOrder.MaxTerms || !WordOrder.Compare(one, other).ArgumentsSwapped)
        {
            return false;
        }

        var moved = other.TermIndex.Find(one.Terms[0].Stem);
        return !Enumerable.Range(0, count).All(i => other.TermIndex.Find(one.Terms[i].Stem) == (i + moved) % count)
            && other.TermIndex.Find(one.Terms[1].Stem) == 1 && moved > 1 && !WordLists.Conditions.Contains(one.Tokens[0].Text) && !WordLists.Conditions.Contains(other.Tokens[0].Text);
    }
}
