using Memory.Core.Screening;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What stands over every judgement that two statements contradict each other: they must be about one subject, one attribute and one case, and differ in one value of
/// one sort. Where more than that differs, both may well be true.
/// </summary>
internal static class AttributeGuard
{
    // One attribute, and two values of a few words: where each says more that the other does not know, both may be so. Three words beside five are too many.
    private const int MostLeft = 14;

    // From which likeness on two words may tell of one attribute ('works at' and 'is employed by').
    private const float Alike = 0.3f;

    /// <summary>Why two statements cannot contradict each other; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ForbidsContradiction(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var (valuesOne, valuesOther) = (ValueSort.OnlyIn(one, other), ValueSort.OnlyIn(other, one));
        var (namesOne, namesOther) = (OnlyIn(one, other), OnlyIn(other, one));
        var (wordsOne, wordsOther) = (Words(alignment.OnlyOne, namesOne), Words(alignment.OnlyOther, namesOther));
        var valuesDiffer = valuesOne.Count > 0 && valuesOther.Count > 0;
        var namesDiffer = namesOne.Count > 0 && namesOther.Count > 0;
        return IsRedacted(one) || IsRedacted(other) ? "a credential was redacted, and nobody knows what it was"
            : Labels.Differ(one, other) ? "about different numbers of a series"
            : Labels.AndValuesDiffer(one, other) ? "about different things that are numbered"
            : Periods.Differ(one, other, alignment) ? "about different periods"
            : TwoEnds.Are(one, other) ? "about the two ends of one thing"
            : Occurrences.Differ(one, other) ? "the same happened more than once"
            : NameEndings.Differ(one, other) ? "about different subjects"
            : ReportWords.Differ(one, other) ? "another word stands where the other names something"
            : alignment.OnlyOne.Count * alignment.OnlyOther.Count > MostLeft ? "much of each is unknown to the other"
            : Changes.Agree(one, other) ? "one says what the other says has come about"
            : (valuesDiffer || namesDiffer) && Topics.Differ(one, other) ? "the same of different things"
            : !valuesDiffer && HasMany(one, other) ? "an attribute of many values"
            : BothCanBe.Are(one, other) ? "one thing beside another, and both can be"
            : Relatives.Differ(one, other) ? "one is about a relative of somebody"
            : DeniesAnother(one, other, alignment) ? "what is denied is not what the other says"
            : Denials.Correct(one, other) ? "one denies something else and says the same"
            : OwnSubjects.Differ(one, other) ? "the same of different subjects"
            : Commands.Differ(one, other, alignment) ? "about different commands"
            : !valuesDiffer && !namesDiffer && Denials.Agree(one, other) ? "both deny the same"
            : (alignment is { HasStrangerOne: true, HasStrangerOther: true } || HaveNothingAlike(alignment)) && !ShareAttribute(one, other) ? "no word of an attribute in common"
            : CaseGroups.Differ(one, other) && (valuesDiffer || namesDiffer || (wordsOne > 0 && wordsOther > 0)) ? "about different cases"
            : valuesDiffer && Modifiers.Differ(one, other) ? "about different things of one sort"
            : valuesDiffer && namesDiffer && !(HasNamedValue(one, other, namesOne) && HasNamedValue(other, one, namesOther)) ? "about different subjects"
            : valuesDiffer && !valuesOne.Intersect(valuesOther, StringComparer.Ordinal).Any() ? "values of different sorts"
            : (valuesOne.Count > 0 && namesOne.Count == 0 && valuesOther.Count == 0 && namesOther.Count > 0) || (valuesOther.Count > 0 && namesOther.Count == 0 && valuesOne.Count == 0 && namesOne.Count > 0) ? "a value of one and a name of the other"
            : namesOne.Count > 1 && namesOther.Count > 1 ? "different names"
            : namesDiffer && wordsOne > 0 && wordsOther > 0 && !SharesName(one, other) && (alignment.Shared < 2 || BeginsWith(one, namesOne) || BeginsWith(other, namesOther)) ? "about different subjects"
            : null;
    }

    private static bool IsRedacted(PairStatement statement) => statement.Content.Contains(Secrets.Beginning, StringComparison.Ordinal);

    // 'Sara no longer eats meat' leaves fish to her.
    private static bool DeniesAnother(PairStatement one, PairStatement other, TermAlignment alignment) =>
        IsDenial(one) != IsDenial(other) && EndsWith(one, alignment.OnlyOne) && EndsWith(other, alignment.OnlyOther);

    private static bool EndsWith(PairStatement statement, IReadOnlyList<ContentTerm> left) => statement.Terms.Count > 0 && left.Any(t => t.Stem == statement.Terms[^1].Stem);

    private static bool IsDenial(PairStatement statement) => statement.Denied.Count > 0 || statement.Change is { Kind: ChangeKind.Ended };

    // 'speaks German' and 'reports to Astrid'.
    private static bool HaveNothingAlike(TermAlignment alignment) => alignment is { OnlyOne.Count: > 0, OnlyOther.Count: > 0, ClosestLeft: < Alike };

    // Who speaks Greek may speak Italian too.
    private static bool HasMany(PairStatement one, PairStatement other) =>
        one.Denied.Count == 0 && other.Denied.Count == 0 && one.Change is null && other.Change is null && one.Terms.Any(IsOfMany) && other.Terms.Any(IsOfMany);

    private static bool IsOfMany(ContentTerm term) => WordLists.NeverOne.Contains(term.Stem);

    // What a name is said of is no attribute: 'Harbor needs Docker' and 'Harbor keeps logs' share no more.
    /// <summary>Whether two statements have a word in common that is part of no name.</summary>
    internal static bool ShareAttribute(PairStatement one, PairStatement other) => one.Terms.Any(t =>
        t.Token.Kind is TokenKind.Word && other.TermIndex.Contains(t.Stem) && !IsOfName(one, t) && !IsOfName(other, t));

    private static bool IsOfName(PairStatement statement, ContentTerm term) => statement.Names.Any(n => n.Stems.Contains(term.Stem, StringComparer.Ordinal));

    // 'Java 21' is one value.
    private static bool HasNamedValue(PairStatement statement, PairStatement other, List<StatementName> names)
    {
        for (var i = 1; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].IsValue && !other.ValueIndex.Contains(statement.Tokens[i].Stem) && names.Exists(n => n.Stems.Contains(statement.Tokens[i - 1].Stem, StringComparer.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool BeginsWith(PairStatement statement, List<StatementName> names) =>
        statement.Terms.Count > 0 && names.Exists(n => n.Stems.Contains(statement.Terms[0].Stem, StringComparer.Ordinal));

    private static List<StatementName> OnlyIn(PairStatement one, PairStatement other) => [.. one.Names.Where(n => !FactGuard.Holds(other, n))];

    private static bool SharesName(PairStatement one, PairStatement other) => one.Names.Any(n => FactGuard.Holds(other, n)) || other.Names.Any(n => FactGuard.Holds(one, n));

    private static int Words(IReadOnlyList<ContentTerm> left, List<StatementName> names) => left.Count(t =>
        t.Token.Kind == TokenKind.Word && !CaseGroups.IsCase(t.Stem) && !names.Exists(n => n.Stems.Contains(t.Stem, StringComparer.Ordinal)));
}
