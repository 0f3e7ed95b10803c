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

    /// <summary>What speaks against a contradiction.</summary>
    public static readonly IReadOnlyList<GuardCheck<Difference>> Checks =
    [
        new("a credential was redacted, and nobody knows what it was", static d => IsRedacted(d.One) || IsRedacted(d.Other)),
        new("about different numbers of a series", static d => Labels.Differ(d.One, d.Other)),
        new("about different things that are numbered", static d => Labels.AndValuesDiffer(d.One, d.Other)),
        new("about different periods", static d => Periods.Differ(d.One, d.Other, d.Alignment)),
        new("about the two ends of one thing", static d => TwoEnds.Are(d.One, d.Other)),
        new("the same happened more than once", static d => Occurrences.Differ(d.One, d.Other)),
        new("about different subjects", static d => NameEndings.Differ(d.One, d.Other) || AreOfOtherSubjects(d) || IsChangeOfAnother(d.One, d.NamesOne, d.NamesOther) || IsChangeOfAnother(d.Other, d.NamesOther, d.NamesOne)),
        new("another word stands where the other names something", static d => ReportWords.Differ(d.One, d.Other)),
        new("much of each is unknown to the other", static d => d.Alignment.OnlyOne.Count * d.Alignment.OnlyOther.Count > MostLeft, Yields: true),
        new("one says what the other says has come about", static d => Changes.Agree(d.One, d.Other)),
        new("the same of different things", static d => (d.ValuesDiffer || d.NamesDiffer) && Topics.Differ(d.One, d.Other)),
        new("an attribute of many values", static d => !d.ValuesDiffer && HasMany(d.One, d.Other)),
        new("one thing beside another, and both can be", static d => BothCanBe.Are(d.One, d.Other) || MutualDoings.Are(d.One, d.Other) || (!d.ValuesDiffer && ShorterNames.Are(d.One, d.NamesOne, d.Other, d.NamesOther))),
        new("one is about a relative of somebody", static d => Relatives.Differ(d.One, d.Other)),
        new("what is denied is not what the other says", static d => DeniesAnother(d.One, d.Other, d.Alignment)),
        new("one denies something else and says the same", static d => Denials.Correct(d.One, d.Other)),
        new("the same of different subjects", static d => OwnSubjects.Differ(d.One, d.Other) || OwnSubjects.AreOfOthers(d.One, d.Other, d.NamesOne, d.NamesOther)),
        new("about different commands", static d => Commands.Differ(d.One, d.Other, d.Alignment)),
        new("both deny the same", static d => d is { ValuesDiffer: false, NamesDiffer: false } && Denials.Agree(d.One, d.Other)),
        new("no word of an attribute in common", static d => (d.Alignment is { HasStrangerOne: true, HasStrangerOther: true } || HaveNothingAlike(d.Alignment)) && !ShareAttribute(d.One, d.Other), Yields: true),
        new("about different cases", static d => CaseGroups.Differ(d.One, d.Other) && (d.ValuesDiffer || d.NamesDiffer || d is { WordsOne: > 0, WordsOther: > 0 } || (d.One.Change is null) != (d.Other.Change is null))),
        new("one says what for, and the other does not", static d => Purposes.Differ(d.One, d.Other)),
        new("about different things of one sort", static d => d.ValuesDiffer && Modifiers.Differ(d.One, d.Other)),
        new("values of different sorts", static d => d.ValuesDiffer && !d.ValuesOne.Intersect(d.ValuesOther, StringComparer.Ordinal).Any()),
        new("a value of one and a name of the other", static d => ValueBesideName(d.ValuesOne, d.NamesOne, d.ValuesOther, d.NamesOther) || ValueBesideName(d.ValuesOther, d.NamesOther, d.ValuesOne, d.NamesOne)),
        new("different names", static d => d is { NamesOne.Count: > 1, NamesOther.Count: > 1 }),
    ];

    /// <summary>Why two statements cannot contradict each other; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ForbidsContradiction(PairStatement one, PairStatement other, TermAlignment alignment) => Checks.FirstReason(new Difference(one, other, alignment));

    /// <summary>In what two statements differ.</summary>
    internal sealed class Difference
    {
        public Difference(PairStatement one, PairStatement other, TermAlignment alignment)
        {
            (One, Other, Alignment) = (one, other, alignment);
            (ValuesOne, ValuesOther) = (ValueSort.OnlyIn(one, other), ValueSort.OnlyIn(other, one));
            (NamesOne, NamesOther) = (OnlyIn(one, other), OnlyIn(other, one));
            (WordsOne, WordsOther) = (Words(alignment.OnlyOne, NamesOne), Words(alignment.OnlyOther, NamesOther));
        }

        public PairStatement One { get; }

        public PairStatement Other { get; }

        public TermAlignment Alignment { get; }

        public IReadOnlyCollection<string> ValuesOne { get; }

        public IReadOnlyCollection<string> ValuesOther { get; }

        public List<StatementName> NamesOne { get; }

        public List<StatementName> NamesOther { get; }

        public int WordsOne { get; }

        public int WordsOther { get; }

        public bool ValuesDiffer => ValuesOne.Count > 0 && ValuesOther.Count > 0;

        public bool NamesDiffer => NamesOne.Count > 0 && NamesOther.Count > 0;
    }

    private static bool AreOfOtherSubjects(Difference d) =>
        (d is { ValuesDiffer: true, NamesDiffer: true } && !(HasNamedValue(d.One, d.Other, d.NamesOne) && HasNamedValue(d.Other, d.One, d.NamesOther)))
        || (d is { NamesDiffer: true, WordsOne: > 0, WordsOther: > 0 } && !SharesName(d.One, d.Other) && (d.Alignment.Shared < 2 || BeginsWith(d.One, d.NamesOne) || BeginsWith(d.Other, d.NamesOther)));

    // 'Anika switched from the Zoe to a Niro' says nothing of what Luca drives.
    private static bool IsChangeOfAnother(PairStatement statement, List<StatementName> names, List<StatementName> otherNames) =>
        otherNames.Count > 0 && statement.Change is { Kind: ChangeKind.Replaced or ChangeKind.Moved } change && names.Exists(n => n.Stems.All(s => change.Subject.Contains(s, StringComparer.Ordinal)));

    private static bool ValueBesideName(IReadOnlyCollection<string> values, List<StatementName> names, IReadOnlyCollection<string> otherValues, List<StatementName> otherNames) =>
        values.Count > 0 && names.Count == 0 && otherValues.Count == 0 && otherNames.Count > 0;

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

    // 'Tim called Kim' and 'Tim and Kim own the bakery'.
    /// <summary>Whether two statements have names in common, and neither a value nor another word.</summary>
    internal static bool ShareNamesOnly(PairStatement one, PairStatement other) => !one.Values.Any(v => other.ValueIndex.Contains(v.Value)) && !ShareAttribute(one, other);

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
