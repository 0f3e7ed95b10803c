namespace Memory.Core.Consolidation.Pairs;

/// <summary>Which of two statements would say all of the other, and what speaks against it.</summary>
internal sealed class Holding
{
    /// <summary>From which likeness on a word of one may say what a word of the other does.</summary>
    public const float Alike = 0.33f;

    // So much of a statement, in words of any rarity, is left unsaid by one that says all of it but for another wording.
    private const float MuchLeft = 0.4f;
    private const float MuchOfFew = 0.2f;
    private const int FewWords = 3;

    /// <summary>What speaks against it: the facts first.</summary>
    public static readonly IReadOnlyList<GuardCheck<Holding>> Checks =
    [
        .. FactGuard.HoldChecks.Select(static c => new GuardCheck<Holding>(c.Reason, h => c.Applies((h.Holder, h.Held)), c.Yields)),
        new("much of the shorter is left unsaid", static h => h.LeavesMuch(), Yields: true),
        new("the shorter has a word that is strange to the longer", static h => h.HasStranger, Yields: true),
        new("names are all that they have in common", static h => h.Farthest < Alike && AttributeGuard.ShareNamesOnly(h.Holder, h.Held)),
    ];

    private Holding(PairStatement holder, PairStatement held, bool firstHolds, TermAlignment alignment)
    {
        (Holder, Held, Order) = (holder, held, firstHolds ? PairOrder.First : PairOrder.Second);
        (Left, Weight, Farthest, HasStranger) = firstHolds
            ? (alignment.OnlyOther, alignment.WeightOther, alignment.FarthestOther, alignment.HasStrangerOther)
            : (alignment.OnlyOne, alignment.WeightOne, alignment.FarthestOne, alignment.HasStrangerOne);
    }

    /// <summary>Who would say all of the other.</summary>
    public PairStatement Holder { get; }

    /// <summary>Who would be held.</summary>
    public PairStatement Held { get; }

    /// <summary>Which of the two holds the other.</summary>
    public PairOrder Order { get; }

    private IReadOnlyList<ContentTerm> Left { get; }

    private float Weight { get; }

    private float Farthest { get; }

    private bool HasStranger { get; }

    /// <summary>The one that leaves less of the other unsaid.</summary>
    public static Holding Of(PairStatement one, PairStatement other, TermAlignment alignment)
    {
        var (extraOne, extraOther) = (alignment.OnlyOne.Sum(static t => t.Weight), alignment.OnlyOther.Sum(static t => t.Weight));
        return extraOne > extraOther || (extraOne == extraOther && one.Content.Length > other.Content.Length)
            ? new Holding(one, other, true, alignment)
            : new Holding(other, one, false, alignment);
    }

    // 'Changed hinge remark' is not said by 'Old remark 3 about hinge 21 in the barn'.
    private bool LeavesMuch() =>
        Left.Count > 0 && Farthest < Alike && Left.Sum(static t => t.Weight) >= (Held.Terms.Count <= FewWords ? MuchOfFew : MuchLeft) * Weight;
}
