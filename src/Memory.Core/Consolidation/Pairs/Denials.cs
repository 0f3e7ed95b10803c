namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds what two statements deny alike: 'avoids coriander' and 'cannot stand coriander'.</summary>
internal static class Denials
{
    // 'may never be read from the file': so many words of content stand within what a negation denies.
    private const int Reach = 3;

    /// <summary>
    /// Whether both deny one thing, and neither denies what the other says or says the opposite of what it says: then they agree where they could have differed.
    /// </summary>
    public static bool Agree(PairStatement one, PairStatement other)
    {
        if (one.Denied.Count == 0 || other.Denied.Count == 0)
        {
            return false;
        }

        var (here, there) = (Of(one), Of(other));
        return here.Overlaps(there) && !Affirms(one, here, there) && !Affirms(other, there, here) && !AreOpposed(one, other, here, there);
    }

    /// <summary>Whether one denies something to say what the other does: 'not on Friday but on Monday' and 'on Monday'.</summary>
    public static bool Correct(PairStatement one, PairStatement other) => SaysAfterDenial(one, other) || SaysAfterDenial(other, one);

    private static bool SaysAfterDenial(PairStatement denier, PairStatement other)
    {
        var denied = denier.Tokens.TakeWhile(static t => t.Kind != TokenKind.Negation).Count();
        var behind = denier.Tokens.Skip(denied).SkipWhile(static t => t.Text != "but").Where(static t => t.IsContent).ToList();
        return other.Denied.Count == 0 && behind.Count > 0 && behind.TrueForAll(t => other.AllStems.Contains(t.Stem));
    }

    private static HashSet<string> Of(PairStatement statement)
    {
        var denied = new HashSet<string>(StringComparer.Ordinal);
        var left = 0;
        foreach (var token in statement.Tokens)
        {
            left = token.Kind == TokenKind.Negation ? Reach : token.StartsSentence || token.Text is "and" or "but" ? 0 : left;
            if (left > 0 && token.IsContent)
            {
                denied.Add(token.Stem);
                left--;
            }
        }

        return denied;
    }

    private static bool Affirms(PairStatement statement, HashSet<string> denied, HashSet<string> deniedByOther) =>
        deniedByOther.Any(d => !denied.Contains(d) && statement.TermIndex.Contains(d));

    // 'Vegetarian' and 'no meat' agree; 'vegetarian' and 'meat' do not.
    private static bool AreOpposed(PairStatement one, PairStatement other, HashSet<string> deniedByOne, HashSet<string> deniedByOther) =>
        one.Terms.Where(t => !other.TermIndex.Contains(t.Stem)).Any(t => other.Terms.Any(o =>
            !one.TermIndex.Contains(o.Stem) && deniedByOne.Contains(t.Stem) == deniedByOther.Contains(o.Stem) && WordLists.AreOpposites(t.Stem, o.Stem)));
}
