using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Finds pairs that say the same of two whom they name, or who somebody is to two: 'Phoenix uses PostgreSQL' and 'Kestrel uses PostgreSQL'. Both may well be true, unless what
/// is said can be true of one only ('Ana leads the team'), or is said of what stands later ('Redis is the cache of Harbor').
/// </summary>
internal static class OwnSubjects
{
    private static readonly FrozenSet<string> Doings = "lives works relies reports drives uses runs keeps speaks drinks eats has goes gets prefers starts likes wants follows needs owns commutes plays opens reads writes takes visits studies teaches trains rides"
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Who has charge of one thing may have charge of another.
    private static readonly FrozenSet<string> Charges = "owner owns responsible responsibility lead leads captain coach contact maintainer treasurer"
        .Split(' ').Select(WordForms.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether two statements begin with different names, or words that may be names, and differ in nothing else, and say of it what many may share.</summary>
    public static bool Differ(PairStatement one, PairStatement other)
    {
        if (HasOwn(one, other) && HasOwn(other, one))
        {
            return true;
        }

        var (inOne, inOther) = (OnlyAtStart(one, other), OnlyAtStart(other, one));
        return inOne > 0 && inOther > 0 && one.Terms.Count > inOne
            && !one.Terms.Skip(inOne).Any(static t => WordLists.OneHolder.Contains(t.Stem))
            && IsSubject(one, inOne) && IsSubject(other, inOther);
    }

    // But for one name all is known to the other, and who does something has that name, or what somebody owns: 'the city Petra lives in', 'the owner of Cobalt'.
    private static bool HasOwn(PairStatement one, PairStatement other)
    {
        var left = one.Terms.Where(t => !other.TermIndex.Contains(t.Stem)).Select(static t => t.Stem).ToList();
        if (left.Count == 0 || one.Change is not null || !one.Names.Any(n => left.TrueForAll(l => n.Stems.Contains(l, StringComparer.Ordinal))))
        {
            return false;
        }

        var tokens = one.Tokens;
        var first = tokens.TakeWhile(t => !left.Contains(t.Stem)).Count();
        var next = first;
        while (next < tokens.Count && left.Contains(tokens[next].Stem))
        {
            next++;
        }

        var ofOneHolder = one.Terms.Any(static t => WordLists.OneHolder.Contains(t.Stem));
        return (!ofOneHolder && first > 0 && next < tokens.Count && Doings.Contains(tokens[next].Text))
            || (first > 1 && tokens[first - 1].Text == "after" && tokens[first - 2].Text is "looks" or "look")
            || (first > 0 && tokens[first - 1].Text is "of" or "for" && one.Terms.Any(static t => Charges.Contains(t.Stem)));
    }

    // Who is the boss of one may be the boss of another: 'Bo is Mira's boss' and 'Luca's manager is Bo'.
    /// <summary>Whether each of two statements tells who somebody is to one whom the other does not name.</summary>
    /// <param name="one">The one statement.</param>
    /// <param name="other">The other.</param>
    /// <param name="namesOne">The names that only the one has.</param>
    /// <param name="namesOther">The names that only the other has.</param>
    public static bool AreOfOthers(PairStatement one, PairStatement other, IReadOnlyList<StatementName> namesOne, IReadOnlyList<StatementName> namesOther) =>
        namesOne.Count > 0 && namesOther.Count > 0 && namesOne.All(n => Owns(one, n)) && namesOther.All(n => Owns(other, n));

    private static bool Owns(PairStatement statement, StatementName name)
    {
        var content = statement.Content;
        for (var at = content.IndexOf(name.Key, StringComparison.OrdinalIgnoreCase); at >= 0; at = content.IndexOf(name.Key, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var behind = content.AsSpan(at + name.Key.Length);
            if ((at == 0 || !char.IsLetterOrDigit(content[at - 1])) && behind is ['\'' or '’', 's', ' ', .. var owned]
                && Relatives.IsOne(owned[..(owned.IndexOfAny(" ,.;") is >= 0 and var end ? end : owned.Length)]))
            {
                return true;
            }
        }

        return false;
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

    // 'Redis is the cache of Harbor' and 'Redis is used by Harbor' are about Harbor.
    private static bool IsSubject(PairStatement statement, int words)
    {
        var last = statement.Terms[words - 1].Stem;
        for (var i = 0; i + 2 < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Stem == last)
            {
                return statement.Names.Any(n => n.Stems.Contains(last, StringComparer.Ordinal)) && !statement.Tokens.Any(static t => t.Text == "by")
                    && !(statement.Tokens[i + 1].Text is "is" or "are" or "was" or "were" && statement.Tokens[i + 2].Text is "the" or "our" or "my" or "his" or "her" or "their" or "your");
            }
        }

        return false;
    }
}
