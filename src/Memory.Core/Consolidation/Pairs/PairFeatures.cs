using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// What a pair is known by: numbers that a person can read, nearly all from 0 to 1 (what the network says are logarithms of probabilities), the same whichever of the two comes first.
/// Their order is part of the model's file.
/// </summary>
internal sealed class PairFeatures
{
    private const float MostCounted = 4;
    private const float DaysCounted = 8;

    /// <summary>What the numbers mean, in order.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "token jaccard", "containment, greater", "containment, lesser", "containment by meaning, greater", "containment by meaning, lesser", "trigram dice", "cosine of word table", "length ratio",
        "words left, more", "words left, fewer", "weight left, more", "weight left, less", "closest words left", "values differ on both sides", "values on one side only", "values shared",
        "names differ on both sides", "names on one side only", "names shared", "a sure name differs", "negation differs", "negation in both", "opposite words", "hedge in one", "words close the other",
        "change in one", "change in both", "arguments swapped", "passive in one", "list reordered", "subject differs", "subject is another name", "same subject", "attribute of one value", "attribute of many values",
        "left in conditions on both sides", "left outside conditions on both sides", "substitutions", "insertions", "one substitution only", "kinds differ", "both events", "event times differ", "time gap",
        "unreadable", "words shared", "shorter length", "additive word in one", "denies what the other says", "plain words left, more", "plain words left, fewer", "values or names left on both sides", "left words at the end", "clauses differ", "words of one only, more", "words of one only, fewer", "farthest words left", "first word of one missing", "one word is another", "of the user and of another", "words left of the one that denies",
        "plain words shared", "weight of plain words shared", "cases differ", "values of other sorts", "values in another order", "what was is in the other", "what is now is in the other",
        .. PairGuards.Names,
        "texts read", "cosine of sentence encoder", .. Enum.GetNames<PairRelation>().Select(static r => $"{r} by the network"),
    ];

    private static readonly int ByReading = Names.Count - 2 - PairModelVerdict.Classes;

    private readonly float[] _values;

    private readonly PairGuards? _guards;

    private PairFeatures(TermAlignment alignment, WordOrder.Found order, PairGuards? guards, float[] values) => (Alignment, Order, _guards, _values) = (alignment, order, guards, values);

    /// <summary>What speaks against each relation.</summary>
    /// <exception cref="InvalidOperationException">The features are for rules.</exception>
    public PairGuards Guards => _guards ?? throw new InvalidOperationException("The guards were not asked: rules decide about this pair.");

    /// <summary>The words laid beside each other.</summary>
    public TermAlignment Alignment { get; }

    /// <summary>The order of the words.</summary>
    public WordOrder.Found Order { get; }

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Which statement closes the other by its words.</summary>
    public PairOrder Closing { get; private set; }

    /// <summary>Whether the two speak of one thing, as far as their first words tell.</summary>
    public bool SameSubject { get; private set; }

    /// <summary>Whether an attribute that both name has one value at a time.</summary>
    public bool HasOneValue { get; private set; }

    /// <summary>Whether what reading the texts tells is among the numbers.</summary>
    public bool WereRead => _values[ByReading] > 0;

    /// <summary>The same with what reading the texts tells.</summary>
    /// <param name="cosine">The cosine of the two sentence vectors.</param>
    /// <param name="scores">What the network says of each <see cref="PairRelation"/>: the logarithm of its probability.</param>
    public PairFeatures WithReading(float cosine, ReadOnlySpan<float> scores)
    {
        var values = (float[])_values.Clone();
        (values[ByReading], values[ByReading + 1]) = (1, cosine);
        scores.CopyTo(values.AsSpan(ByReading + 2));
        return new PairFeatures(Alignment, Order, _guards, values) { Closing = Closing, SameSubject = SameSubject, HasOneValue = HasOneValue };
    }

    /// <summary>Compares two statements without reading their texts.</summary>
    /// <param name="one">The one statement.</param>
    /// <param name="other">The other.</param>
    /// <param name="vectors">The vectors of words; without them words are compared by their forms.</param>
    /// <param name="forRules">Whether rules will decide, which ask what they need of the guards themselves: of long texts the guards take long.</param>
    public static PairFeatures Of(PairStatement one, PairStatement other, WordVectors? vectors, bool forRules = false)
    {
        var alignment = TermAlignment.Of(one, other, vectors);
        var features = new PairFeatures(alignment, WordOrder.Compare(one, other), forRules ? null : new PairGuards(one, other, alignment), new float[Names.Count]);
        var at = 0;
        features.AddOverlap(one, other, ref at);
        features.AddFacts(one, other, ref at);
        features.AddShape(one, other, ref at);
        features.AddCircumstances(one, other, ref at);
        features._guards?.Write(features._values.AsSpan(at));
        return features;
    }

    private void AddOverlap(PairStatement one, PairStatement other, ref int at)
    {
        var a = Alignment;
        var (first, second) = (Ratio(a.SharedOne, a.WeightOne), Ratio(a.SharedOther, a.WeightOther));
        var (softFirst, softSecond) = (Ratio(a.SharedOne + a.SoftOne, a.WeightOne), Ratio(a.SharedOther + a.SoftOther, a.WeightOther));
        var (left, right) = (a.OnlyOne.Sum(static t => t.Weight), a.OnlyOther.Sum(static t => t.Weight));
        Add(Ratio(a.Shared, one.Terms.Count + other.Terms.Count - a.Shared), ref at);
        Add(Math.Max(first, second), ref at);
        Add(Math.Min(first, second), ref at);
        Add(Math.Max(softFirst, softSecond), ref at);
        Add(Math.Min(softFirst, softSecond), ref at);
        Add(Dice(one.Trigrams, other.Trigrams), ref at);
        Add(Cosine(one, other), ref at);
        Add(Ratio(Math.Min(a.WeightOne, a.WeightOther), Math.Max(a.WeightOne, a.WeightOther)), ref at);
        Add(Counted(Math.Max(a.OnlyOne.Count, a.OnlyOther.Count)), ref at);
        Add(Counted(Math.Min(a.OnlyOne.Count, a.OnlyOther.Count)), ref at);
        Add(Counted(Math.Max(left, right)), ref at);
        Add(Counted(Math.Min(left, right)), ref at);
        Add(a.ClosestLeft, ref at);
    }

    private void AddFacts(PairStatement one, PairStatement other, ref int at)
    {
        var (valuesOne, valuesOther) = (one.Values.Count(v => !other.ValueIndex.Contains(v.Value)), other.Values.Count(v => !one.ValueIndex.Contains(v.Value)));
        var (namesOne, namesOther) = (one.Names.Count(n => !FactGuard.Holds(other, n)), other.Names.Count(n => !FactGuard.Holds(one, n)));
        Add(Counted(Math.Min(valuesOne, valuesOther)), ref at);
        Add(Counted(Math.Abs(valuesOne - valuesOther)), ref at);
        Add(Counted(one.Values.Count - valuesOne), ref at);
        Add(Counted(Math.Min(namesOne, namesOther)), ref at);
        Add(Counted(Math.Abs(namesOne - namesOther)), ref at);
        Add(Counted(one.Names.Count - namesOne), ref at);
        Add(FactGuard.NamesDiffer(one, other), ref at);
        Add(FactGuard.NegationsDiffer(one, other), ref at);
        Add(one.Denied.Count > 0 && other.Denied.Count > 0, ref at);
        Add(Opposites.Between(one, other), ref at);
        Add(one.IsHedged != other.IsHedged, ref at);
    }

    private void AddShape(PairStatement one, PairStatement other, ref int at)
    {
        Closing = ClosingOf(one, other);
        var passive = WordOrder.IsPassive(one) != WordOrder.IsPassive(other);
        var subject = new SubjectComparison(one, other);
        SameSubject = subject.IsSame;
        HasOneValue = SharesCue(one, other, WordLists.SingleValued);
        Add(Closing != PairOrder.Neither, ref at);
        Add((one.Change is null) != (other.Change is null), ref at);
        Add(one.Change is not null && other.Change is not null, ref at);
        Add(Order.ArgumentsSwapped, ref at);
        Add(passive, ref at);
        Add(Order.ListReordered, ref at);
        Add(subject.Differs, ref at);
        Add(subject.IsAnotherName, ref at);
        Add(subject.IsSame, ref at);
        Add(HasOneValue, ref at);
        Add(SharesCue(one, other, WordLists.ManyValued), ref at);
        Add(Alignment.OnlyOne.Any(static t => t.InCondition) && Alignment.OnlyOther.Any(static t => t.InCondition), ref at);
        Add(Alignment.OnlyOne.Any(static t => !t.InCondition) && Alignment.OnlyOther.Any(static t => !t.InCondition), ref at);
        Add(Counted(Order.Substitutions), ref at);
        Add(Counted(Order.Insertions), ref at);
        Add(Order is { Substitutions: 1, Insertions: 0 }, ref at);
    }

    private void AddCircumstances(PairStatement one, PairStatement other, ref int at)
    {
        var events = one.Kind == MemoryKind.Event && other.Kind == MemoryKind.Event;
        Add(one.Kind != other.Kind, ref at);
        Add(events, ref at);
        Add(events && one.OccurredAt != other.OccurredAt, ref at);
        Add(Math.Min(1, MathF.Log2(1 + MathF.Abs((float)(one.SaidAt - other.SaidAt).TotalDays)) / DaysCounted), ref at);
        Add(one.IsForeign || other.IsForeign || one.IsCut || other.IsCut, ref at);
        Add(Counted(Alignment.Shared), ref at);
        Add(Counted(Math.Min(one.Terms.Count, other.Terms.Count) / 2f), ref at);
        Add(IsAdditive(one) != IsAdditive(other), ref at);
        Add(FactGuard.DeniesTheOther(one, other), ref at);
        var (plainOne, plainOther) = (Alignment.OnlyOne.Count(t => !IsValue(one, t)), Alignment.OnlyOther.Count(t => !IsValue(other, t)));
        Add(Counted(Math.Max(plainOne, plainOther)), ref at);
        Add(Counted(Math.Min(plainOne, plainOther)), ref at);
        Add(plainOne < Alignment.OnlyOne.Count && plainOther < Alignment.OnlyOther.Count, ref at);
        var longer = Alignment.OnlyOne.Count > Alignment.OnlyOther.Count || (Alignment.OnlyOne.Count == Alignment.OnlyOther.Count && one.Terms.Count >= other.Terms.Count);
        Add(longer ? AtEnd(one, other, Alignment.OnlyOne) : AtEnd(other, one, Alignment.OnlyOther), ref at);
        Add(Counted(Math.Abs(Clauses(one) - Clauses(other))), ref at);
        var (restOne, restOther) = (one.Terms.Count - Alignment.Shared, other.Terms.Count - Alignment.Shared);
        Add(Counted(Math.Max(restOne, restOther)), ref at);
        Add(Counted(Math.Min(restOne, restOther)), ref at);
        Add(Alignment.FarthestLeft, ref at);
        Add(FirstIsMissing(one, other) != FirstIsMissing(other, one), ref at);
        Add(MinimalPair.Is(one, other), ref at);
        Add(MinimalPair.IsOfAnother(one, other) || MinimalPair.IsOfAnother(other, one), ref at);
        Add(LeftOfDenial(one, other), ref at);
        AddAttribute(one, other, ref at);
    }

    // What is left when subjects and values are taken away: the words that name the attribute.
    private void AddAttribute(PairStatement one, PairStatement other, ref int at)
    {
        var plain = one.Terms.Where(t => other.TermIndex.Contains(t.Stem) && t.Token.Kind == TokenKind.Word && !IsNamed(one, t.Stem) && !IsNamed(other, t.Stem)).ToList();
        var (sortsOne, sortsOther) = (ValueSort.OnlyIn(one, other), ValueSort.OnlyIn(other, one));
        Add(Counted(plain.Count), ref at);
        Add(Counted(plain.Sum(static t => t.Weight)), ref at);
        Add(CaseGroups.Differ(one, other), ref at);
        Add(sortsOne.Count > 0 && sortsOther.Count > 0 && !sortsOne.Intersect(sortsOther, StringComparer.Ordinal).Any(), ref at);
        Add(ValueOrder.Differs(one, other), ref at);
        Add(Tells(one, other, static c => c.Old) || Tells(other, one, static c => c.Old), ref at);
        Add(Tells(one, other, static c => c.New) || Tells(other, one, static c => c.New), ref at);
    }

    // Whether the change that one tells of has something that the other tells too.
    private static bool Tells(PairStatement one, PairStatement other, Func<Change, IReadOnlyList<string>> what) =>
        one.Change is { } change && what(change) is { Count: > 0 } stems && stems.All(other.AllStems.Contains);

    private static bool IsNamed(PairStatement statement, string stem) => statement.Names.Any(n => n.Stems.Contains(stem, StringComparer.Ordinal));

    private static bool IsValue(PairStatement statement, ContentTerm term) =>
        term.Token.Kind != TokenKind.Word || statement.Names.Any(n => n.IsSure && n.Stems.Contains(term.Stem, StringComparer.Ordinal));

    // 'Does not live in Oslo' contradicts 'lives in Oslo', of which it has every word, and not 'lives in Bergen'. 0 where not just one denies.
    private float LeftOfDenial(PairStatement one, PairStatement other) => (one.Denied.Count > 0, other.Denied.Count > 0) switch
    {
        (true, false) => Counted(1 + Alignment.OnlyOne.Count),
        (false, true) => Counted(1 + Alignment.OnlyOther.Count),
        _ => 0,
    };

    private static bool FirstIsMissing(PairStatement one, PairStatement other) => one.Terms.Count > 0 && !other.AllStems.Contains(one.Terms[0].Stem);

    // The share of the words left over that stand behind all words that both have: a clause that was added.
    private static float AtEnd(PairStatement statement, PairStatement other, IReadOnlyList<ContentTerm> left)
    {
        var last = -1;
        for (var i = 0; i < statement.Terms.Count; i++)
        {
            last = other.TermIndex.Contains(statement.Terms[i].Stem) ? i : last;
        }

        return Ratio(left.Count(t => statement.TermIndex.Find(t.Stem) > last), left.Count);
    }

    private static int Clauses(PairStatement statement) => statement.Content.Count(static c => c is ',' or ';')
        + statement.Tokens.Count(static t => t.StartsSentence || t.Text is "and" or "which" or "who" or "because" or "but" or "plus" or "where" or "so");

    // The later one closes the earlier; of two said at one time, whichever words do.
    private static PairOrder ClosingOf(PairStatement one, PairStatement other) =>
        one.SaidAt >= other.SaidAt && ChangeVerbs.Closes(one, other) ? PairOrder.First
        : other.SaidAt >= one.SaidAt && ChangeVerbs.Closes(other, one) ? PairOrder.Second
        : PairOrder.Neither;

    private static bool SharesCue(PairStatement one, PairStatement other, System.Collections.Frozen.FrozenSet<string> cues) =>
        one.Terms.Any(t => cues.Contains(t.Stem) && other.TermIndex.Contains(t.Stem));

    private static bool IsAdditive(PairStatement statement) => statement.Tokens.Any(static t => t.Text is "also" or "too" or "another" or "additionally" or "besides" or "sometimes" or "second");

    private static float Cosine(PairStatement one, PairStatement other) => one.Vector.Scale > 0 && other.Vector.Scale > 0
        ? Int8Dot.Of(one.Vector.Values.Span, other.Vector.Values.Span) * one.Vector.Scale * other.Vector.Scale
        : 0;

    private static float Dice(uint[] one, uint[] other)
    {
        int shared = 0, i = 0, j = 0;
        while (i < one.Length && j < other.Length)
        {
            var (a, b) = (one[i], other[j]);
            shared += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return Ratio(2 * shared, one.Length + other.Length);
    }

    private static float Ratio(float part, float whole) => whole > 0 ? Math.Clamp(part / whole, 0, 1) : 0;

    private static float Counted(float count) => Math.Min(count, MostCounted) / MostCounted;

    private void Add(bool value, ref int at) => Add(value ? 1f : 0, ref at);

    private void Add(float value, ref int at) => _values[at++] = value;
}
