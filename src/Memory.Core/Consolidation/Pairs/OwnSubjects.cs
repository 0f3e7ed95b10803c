namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that say the same of two subjects: 'Phoenix uses PostgreSQL' and 'Kestrel uses PostgreSQL'. Both may well be true, unless what is
/// said can be true of one only ('Ana leads the team'), or the subject stands last ('Redis is the cache of Harbor').
/// </summary>
internal static class OwnSubjects
{
    /// <summary>Whether two statements differ in how they begin and in nothing else, and say of it what many may share.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        var (inOne, inOther) = (OnlyAtStart(one, other), OnlyAtStart(other, one));
        return inOne > 0 && inOther > 0 && one.Terms.Count > inOne
            && !one.Terms.Skip(inOne).Any(static t => WordLists.OneHolder.Contains(t.Stem))
            && !IsNamedLater(one, inOne) && !IsNamedLater(other, inOther);
    }

    // How many words at the start the other has not; 0 when it lacks a later one too.
    private static int OnlyAtStart(PairStatement one, PairStatement other)
    {
        var count = 0;
        while (count < one.Terms.Count && !other.TermIndex.Contains(one.Terms[count].Stem))
        {
            count++;
        }

        return one.Terms.Skip(count).All(t => other.TermIndex.Contains(t.Stem)) ? count : 0;
    }

    // 'X is the ...'
    private static bool IsNamedLater(PairStatement statement, int subject)
    {
        var last = statement.Terms[subject - 1].Stem;
        for (var i = 0; i + 2 < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Stem == last)
            {
                return statement.Tokens[i + 1].Text is "is" or "are" or "was" or "were" && statement.Tokens[i + 2].Text is "the" or "our" or "my" or "his" or "her" or "their" or "your";
            }
        }

        return false;
    }
}
