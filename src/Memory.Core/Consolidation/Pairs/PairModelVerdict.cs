namespace Memory.Core.Consolidation.Pairs;

/// <summary>Makes a verdict of a model's probabilities: the thresholds first, and the guard over all.</summary>
internal static class PairModelVerdict
{
    /// <summary>How many relations there are.</summary>
    public static readonly int Classes = Enum.GetValues<PairRelation>().Length;

    private const double ByWords = 0.9;

    // Where the words do not tell what was before, the change may be one of something else: 'switched to pnpm' beside 'uses PostgreSQL'.
    private const double ChangeAtLeast = 0.62;
    private const double SureChange = 0.9;
    private const float OfOneSort = 0.2f;

    // One is merged into what says all of it: that must be likelier than not, and not only the likeliest of five.
    private const float HoldsAtLeast = 0.5f;

    // From which likeness on a word of one may say what a word of the other does.
    private const float Alike = 0.33f;
    private const float AnythingAlike = 0.25f;

    // So much of a statement, in words of any rarity, is left unsaid by one that says all of it but for another wording.
    private const float MuchLeft = 0.4f;
    private const float MuchOfFew = 0.2f;
    private const int FewWords = 3;

    /// <summary>The verdict. What the words of the later statement say about the earlier one goes before the model, unless they do not tell what was before and the model holds it for unlikely.</summary>
    /// <param name="thresholds">How sure is sure enough.</param>
    /// <param name="probabilities">The probability of each relation.</param>
    /// <param name="one">The first statement.</param>
    /// <param name="other">The second statement.</param>
    /// <param name="features">How they compare.</param>
    public static PairVerdict Of(PairThresholds thresholds, ReadOnlySpan<float> probabilities, PairStatement one, PairStatement other, PairFeatures features)
    {
        if (features.Closing != PairOrder.Neither && IsLikely(probabilities[(int)PairRelation.Contradicts], features.Closing == PairOrder.First ? one : other, features.Alignment))
        {
            return new PairVerdict(PairRelation.Contradicts, Math.Max(ByWords, probabilities[(int)PairRelation.Contradicts]), features.Closing, "the later says that it has changed");
        }

        var best = PairRelation.Unrelated;
        PairVerdict? verdict = null;
        string? refused = null;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var relation = (PairRelation)i;
            if (verdict is not null && probabilities[i] <= probabilities[(int)best])
            {
                continue;
            }

            if (Allowed(thresholds, relation, probabilities[i], probabilities[(int)PairRelation.Contains] + probabilities[(int)PairRelation.Duplicate], one, other, features, ref refused) is { } order)
            {
                (best, verdict) = (relation, new PairVerdict(relation, probabilities[i], order, Reason(relation)));
            }
        }

        var found = verdict!.Value;
        return refused is null ? found : found with { Reason = $"{found.Reason}; no duplicate: {refused}" };
    }

    private static bool IsLikely(float contradiction, PairStatement newer, TermAlignment alignment) =>
        newer.Change is { Old.Count: > 0 } || contradiction >= SureChange || (contradiction >= ChangeAtLeast && alignment.ClosestLeft >= OfOneSort);

    private static PairOrder? Allowed(PairThresholds thresholds, PairRelation relation, float probability, float saysAll, PairStatement one, PairStatement other, PairFeatures features, ref string? refused)
    {
        switch (relation)
        {
            case PairRelation.Duplicate:
                if (probability < thresholds.Duplicate)
                {
                    return null;
                }

                refused = FactGuard.ForbidsDuplicate(one, other) ?? (features.Alignment is { HasStrangerOne: true, HasStrangerOther: true } ? "each has a word that is strange to the other" : null)
                    ?? (ShareNamesOnly(one, other) && (AreUnlike(features.Alignment) || HasMore(features.Alignment)) ? "names are all that they have in common" : null);
                return refused is null ? PairOrder.Neither : null;
            case PairRelation.Contains:
                return saysAll < HoldsAtLeast ? null : Holder(one, other, features);
            case PairRelation.Contradicts:
                return probability < thresholds.Contradiction || (features.Closing != PairOrder.Neither && !IsLikely(probability, features.Closing == PairOrder.First ? one : other, features.Alignment)) || AttributeGuard.ForbidsContradiction(one, other, features.Alignment) is not null ? null : Closing(one, other);
            default:
                return PairOrder.Neither;
        }
    }

    // They contradict each other, and only the later says that something has changed.
    private static PairOrder Closing(PairStatement one, PairStatement other) => (one.Change is not null, other.Change is not null) switch
    {
        (true, false) when one.SaidAt >= other.SaidAt => PairOrder.First,
        (false, true) when other.SaidAt >= one.SaidAt => PairOrder.Second,
        _ => PairOrder.Neither,
    };

    // The one that leaves less of the other unsaid; and the guard must agree.
    private static PairOrder? Holder(PairStatement one, PairStatement other, PairFeatures features)
    {
        var alignment = features.Alignment;
        var (extraOne, extraOther) = (alignment.OnlyOne.Sum(static t => t.Weight), alignment.OnlyOther.Sum(static t => t.Weight));
        var firstHolds = extraOne > extraOther || (extraOne == extraOther && one.Content.Length > other.Content.Length);
        return !(firstHolds ? LeavesMuch(other, alignment.OnlyOther, alignment.WeightOther, alignment.FarthestOther) : LeavesMuch(one, alignment.OnlyOne, alignment.WeightOne, alignment.FarthestOne))
            && !(firstHolds ? alignment.HasStrangerOther : alignment.HasStrangerOne) && !(ShareNamesOnly(one, other) && (firstHolds ? alignment.FarthestOther : alignment.FarthestOne) < Alike) && FactGuard.ForbidsContains(firstHolds ? one : other, firstHolds ? other : one) is null ? firstHolds ? PairOrder.First : PairOrder.Second : null;
    }

    // 'Changed hinge remark' is not said by 'Old remark 3 about hinge 21 in the barn'.
    private static bool LeavesMuch(PairStatement held, IReadOnlyList<ContentTerm> left, float weight, float farthest) =>
        left.Count > 0 && farthest < Alike && left.Sum(static t => t.Weight) >= (held.Terms.Count <= FewWords ? MuchOfFew : MuchLeft) * weight;

    // 'Tim called Kim' and 'Tim and Kim own the bakery'.
    private static bool ShareNamesOnly(PairStatement one, PairStatement other) =>
        !one.Values.Any(v => other.ValueIndex.Contains(v.Value)) && !AttributeGuard.ShareAttribute(one, other);

    // 'Ana asked Bo' and 'the report was written by Ana and Bo': one has a word for which the other has none.
    private static bool HasMore(TermAlignment alignment) => alignment.OnlyOne.Count != alignment.OnlyOther.Count && Math.Min(alignment.FarthestOne, alignment.FarthestOther) < Alike;

    // One word in another's place may be a synonym: 'belongs to', 'is in the hands of'.
    private static bool AreUnlike(TermAlignment alignment) =>
        alignment is { FarthestOne: < AnythingAlike, FarthestOther: < AnythingAlike } and not { OnlyOne.Count: 1, OnlyOther.Count: 1 };

    private static string Reason(PairRelation relation) => relation switch
    {
        PairRelation.Duplicate => "the same information in other words",
        PairRelation.Contains => "one says all of the other and more",
        PairRelation.Contradicts => "values of one attribute that cannot both be so",
        PairRelation.Related => "one subject, and both can be true",
        _ => "different things",
    };
}
