namespace Memory.Core.Consolidation.Pairs;

/// <summary>Finds opposites between two statements.</summary>
internal static class Opposites
{
    // Both have said enough by then; and the work is bounded.
    private const int MaxTerms = 48;

    /// <summary>Whether a word that only one statement has is the opposite of a word that only the other has.</summary>
    public static bool Between(PairStatement one, PairStatement other)
    {
        Span<int> here = stackalloc int[MaxTerms];
        Span<int> there = stackalloc int[MaxTerms];
        var (hereCount, thereCount) = (Only(one, other, here), Only(other, one, there));
        for (var i = 0; i < hereCount; i++)
        {
            for (var j = 0; j < thereCount; j++)
            {
                if (WordLists.AreOpposites(one.AllStems.Stems[here[i]], other.AllStems.Stems[there[j]]))
                {
                    return true;
                }
            }
        }

        return ArePhrasal(one, other) || ArePhrasal(other, one);
    }

    // 'turned the offer down' and 'accepted the offer', 'called the wedding off' and 'went ahead with the wedding'.
    private static bool ArePhrasal(PairStatement one, PairStatement other)
    {
        if (PhrasalVerbs.Of(one) is not { Count: > 0 } verbs)
        {
            return false;
        }

        var others = PhrasalVerbs.Of(other);
        return verbs.Any(v => !others.Contains(v, StringComparer.Ordinal) && (others.Any(o => WordLists.AreOpposites(v, o)) || other.AllStems.Stems.Any(o => WordLists.AreOpposites(v, o))));
    }

    private static int Only(PairStatement one, PairStatement other, Span<int> found)
    {
        var count = 0;
        for (var i = 0; i < one.AllStems.Stems.Count && count < found.Length; i++)
        {
            if (!other.AllStems.Contains(one.AllStems.Stems[i]))
            {
                found[count++] = i;
            }
        }

        return count;
    }
}
