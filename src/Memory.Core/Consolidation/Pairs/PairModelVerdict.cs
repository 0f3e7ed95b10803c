namespace Memory.Core.Consolidation.Pairs;

/// <summary>Makes a verdict of a model's probabilities: the thresholds first, and the guard over all.</summary>
internal static class PairModelVerdict
{
    /// <summary>How many relations there are.</summary>
    public static readonly int Classes = Enum.GetValues<PairRelation>().Length;

    private const double ByWords = 0.9;

    /// <summary>The verdict. What the words of the later statement say about the earlier one goes before the model.</summary>
    /// <param name="thresholds">How sure is sure enough.</param>
    /// <param name="probabilities">The probability of each relation.</param>
    /// <param name="one">The first statement.</param>
    /// <param name="other">The second statement.</param>
    /// <param name="features">How they compare.</param>
    public static PairVerdict Of(PairThresholds thresholds, ReadOnlySpan<float> probabilities, PairStatement one, PairStatement other, PairFeatures features)
    {
        if (features.Closing != PairOrder.Neither)
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

            if (Allowed(thresholds, relation, probabilities[i], one, other, features, ref refused) is { } order)
            {
                (best, verdict) = (relation, new PairVerdict(relation, probabilities[i], order, Reason(relation)));
            }
        }

        var found = verdict!.Value;
        return refused is null ? found : found with { Reason = $"{found.Reason}; no duplicate: {refused}" };
    }

    private static PairOrder? Allowed(PairThresholds thresholds, PairRelation relation, float probability, PairStatement one, PairStatement other, PairFeatures features, ref string? refused)
    {
        switch (relation)
        {
            case PairRelation.Duplicate:
                if (probability < thresholds.Duplicate)
                {
                    return null;
                }

                refused = FactGuard.ForbidsDuplicate(one, other) ?? (features.Alignment is { HasStrangerOne: true, HasStrangerOther: true } ? "each has a word that is strange to the other" : null);
                return refused is null ? PairOrder.Neither : null;
            case PairRelation.Contains:
                return Holder(one, other, features);
            case PairRelation.Contradicts:
                return probability < thresholds.Contradiction || AttributeGuard.ForbidsContradiction(one, other, features.Alignment) is not null ? null : Closing(one, other);
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
        return !(firstHolds ? alignment.HasStrangerOther : alignment.HasStrangerOne) && FactGuard.ForbidsContains(firstHolds ? one : other, firstHolds ? other : one) is null ? firstHolds ? PairOrder.First : PairOrder.Second : null;
    }

    private static string Reason(PairRelation relation) => relation switch
    {
        PairRelation.Duplicate => "the same information in other words",
        PairRelation.Contains => "one says all of the other and more",
        PairRelation.Contradicts => "values of one attribute that cannot both be so",
        PairRelation.Related => "one subject, and both can be true",
        _ => "different things",
    };
}
