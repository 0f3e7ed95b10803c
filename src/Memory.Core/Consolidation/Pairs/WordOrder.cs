namespace Memory.Core.Consolidation.Pairs;

/// <summary>Compares the order in which two statements name the same things.</summary>
internal static class WordOrder
{
    /// <summary>Of a longer statement so many words are compared.</summary>
    public const int MaxTerms = 32;

    private const int MostBetween = 4;

    /// <summary>What the order tells.</summary>
    /// <param name="ListReordered">Members of a list stand in another order, which says the same.</param>
    /// <param name="ArgumentsSwapped">Other words do: 'Ana manages Ben' and 'Ben manages Ana'.</param>
    /// <param name="Substitutions">Places where one has other words than the other.</param>
    /// <param name="Insertions">Places where only one has words.</param>
    public readonly record struct Found(bool ListReordered, bool ArgumentsSwapped, int Substitutions, int Insertions);

    /// <summary>Compares two statements, of long ones the beginning.</summary>
    public static Found Compare(PairStatement one, PairStatement other)
    {
        Span<int> places = stackalloc int[MaxTerms];
        var count = Math.Min(one.Terms.Count, MaxTerms);
        for (var i = 0; i < count; i++)
        {
            places[i] = other.TermIndex.Find(one.Terms[i].Stem);
        }

        var (list, swapped, ordered) = (false, false, IsSequence(one) || IsSequence(other));
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                if (places[i] >= 0 && places[j] >= 0 && places[i] > places[j])
                {
                    var inLists = !ordered && one.Terms[i].Token.InList && one.Terms[j].Token.InList && other.Terms[places[i]].Token.InList && other.Terms[places[j]].Token.InList;
                    list |= inLists;
                    swapped |= !inLists;
                }
            }
        }

        var (substitutions, insertions) = Gaps(places[..count], Math.Min(other.Terms.Count, MaxTerms));
        return new Found(list, swapped, substitutions, insertions);
    }

    // 'A, then B' is no list.
    private static bool IsSequence(PairStatement statement) => statement.Tokens.Any(static t => t.Text is "then" or "before" or "after");

    /// <summary>Whether two statements, both in the active or both in the passive, name the same names in another order.</summary>
    public static bool NamesAreSwapped(PairStatement one, PairStatement other)
    {
        if (one.Names.Count < 2 || other.Names.Count < 2 || IsPassive(one) != IsPassive(other))
        {
            return false;
        }

        var last = -1;
        foreach (var name in one.Names.Take(MaxTerms))
        {
            var (here, there) = (one.TermIndex.Find(name.Stems[0]), other.TermIndex.Find(name.Stems[0]));
            if (here < 0 || there < 0 || IsListed(one, here) || IsListed(other, there))
            {
                continue;
            }

            if (there < last)
            {
                return one.Terms.Count == other.Terms.Count;
            }

            last = there;
        }

        return false;
    }

    /// <summary>Whether two statements have the same words of content, whatever their order.</summary>
    public static bool HaveSameTerms(PairStatement one, PairStatement other) =>
        one.Terms.Count == other.Terms.Count && one.Terms.All(t => other.TermIndex.Contains(t.Stem));

    // 'Unlike Nora, Ines drinks coffee' lists nobody: two make a list by 'and' or 'or' alone.
    private static bool IsListed(PairStatement statement, int term) =>
        statement.Terms[term].Token.InList && (statement.Names.Count > 2 || statement.Tokens.Any(static t => t.Text is "and" or "or" or "nor" or "&"));

    /// <summary>
    /// Whether two statements have the very same words, articles aside, in an order that is neither another one of a list nor that of a part moved to the
    /// front: 'gate 4 opens after gate 9' and 'gate 9 opens after gate 4'.
    /// </summary>
    public static bool IsShuffled(PairStatement one, PairStatement other)
    {
        var count = one.Terms.Count;
        if (count > MaxTerms || !HaveSameTerms(one, other) || !Words(one).SequenceEqual(Words(other)) || !Compare(one, other).ArgumentsSwapped)
        {
            return false;
        }

        var moved = other.TermIndex.Find(one.Terms[0].Stem);
        return count < 3 || Enumerable.Range(0, count).Any(i => other.TermIndex.Find(one.Terms[i].Stem) != (i + moved) % count);
    }

    /// <summary>Whether a statement in the active and one in the passive name the same two in the same order: 'Fay hired Gus' and 'Fay was hired by Gus', but not 'Fay's boss is Gus'.</summary>
    public static bool RolesAreSwapped(PairStatement one, PairStatement other) =>
        one.Names.Count == 2 && other.Names.Count == 2 && IsPassive(one) != IsPassive(other) && HaveSameTerms(one, other) && StandInOneOrder(one.Names, one, other)
        && !(IsPassive(one) ? other : one).Tokens.Any(static t => t.Text is "is" or "are" or "was" or "were");

    /// <summary>Whether a statement is in the passive and names who does it: 'is managed by', 'is monitored daily by'.</summary>
    public static bool IsPassive(PairStatement statement)
    {
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Text == "by" && (IsParticiple(statement.Tokens[i - 1]) || IsSuffered(statement, i)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StandInOneOrder(IReadOnlyList<StatementName> names, PairStatement one, PairStatement other) =>
        names.All(n => one.TermIndex.Contains(n.Stems[0]) && other.TermIndex.Contains(n.Stems[0]))
        && Place(one, names[0]) < Place(one, names[1]) == Place(other, names[0]) < Place(other, names[1]);

    private static int Place(PairStatement statement, StatementName name) => statement.TermIndex.Find(name.Stems[0]);

    private static bool IsParticiple(StatementToken token) =>
        token.Text is [.., 'e', 'd'] or [.., 'e', 'n'] or [.., 'n', 't'] or [.., 'l', 't'] or [.., 'd', 'e'] or [.., 'l', 'd'] or [.., 'w', 'n'] or [.., 'u', 'n'];

    // 'is taught piano by': what is done stands behind a form of 'be', with a word or two between it and who does it.
    private static bool IsSuffered(PairStatement statement, int by)
    {
        for (var i = Math.Max(1, by - MostBetween); i < by - 1; i++)
        {
            var verb = statement.Tokens[i];
            if (verb.Kind == TokenKind.Word && (IsParticiple(verb) || verb.Text is "taught" or "met" or "seen" or "led" or "held" or "fed" or "made")
                && (VerbTenses.IsAuxiliary(statement.Tokens[i - 1]) || (i > 1 && VerbTenses.IsAuxiliary(statement.Tokens[i - 2]))))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Words(PairStatement statement) =>
        statement.Tokens.Select(static t => t.Text).Where(static t => t is not ("a" or "an" or "the")).Order(StringComparer.Ordinal);

    // Walks along the words that both have in the same order; what lies between two of them is a gap.
    private static (int Substitutions, int Insertions) Gaps(ReadOnlySpan<int> places, int otherCount)
    {
        int substitutions = 0, insertions = 0, last = -1, gap = 0;
        foreach (var place in places)
        {
            if (place <= last)
            {
                gap++;
                continue;
            }

            Count(gap, place - last - 1, ref substitutions, ref insertions);
            (last, gap) = (place, 0);
        }

        Count(gap, otherCount - last - 1, ref substitutions, ref insertions);
        return (substitutions, insertions);
    }

    private static void Count(int here, int there, ref int substitutions, ref int insertions)
    {
        substitutions += here > 0 && there > 0 ? 1 : 0;
        insertions += here > 0 != there > 0 ? 1 : 0;
    }
}
