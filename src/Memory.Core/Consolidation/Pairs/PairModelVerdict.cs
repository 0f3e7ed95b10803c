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

    // Whoever moved somewhere is no longer based where it was: the verbs of place are few and known.
    private const float LikelyMove = 0.7f;

    // The network takes values of two attributes for a contradiction where a word of one is in the other ('comes to work by bike', 'works for Opal Travel'):
    // words must have an inkling of it too, of what is sure a slight one.
    private const float ByWordsAtLeast = 0.25f;
    private const float ByWordsAtLeastWhenSure = 0.1f;

    // One is merged into what says all of it: that must be likelier than not, and not only the likeliest of five.
    private const float HoldsAtLeast = 0.5f;

    // A check of the guard that yields does so from here on, and only where the texts were read.
    private const float SureOfHolding = 0.7f;
    private const float SureOfContradiction = 0.85f;

    // Texts that were read and contradict each other less surely than this may be of two attributes: 'is based in Tartu', 'works for Opal Travel'.
    private const float DoubtfulBelow = 0.96f;

    // What was not read lacks what the threshold was chosen with. Of sentences of which the whole was judged no threshold is asked.
    private const double UnreadDuplicate = 0.9;

    /// <summary>The verdict. What the words of the later statement say about the earlier one goes before the model, unless they do not tell what was before and the model holds it for unlikely.</summary>
    /// <param name="thresholds">How sure is sure enough.</param>
    /// <param name="probabilities">The probability of each relation.</param>
    /// <param name="byWords">The same before the texts were read; the same numbers where they were not.</param>
    /// <param name="one">The first statement.</param>
    /// <param name="other">The second statement.</param>
    /// <param name="features">How they compare.</param>
    public static PairVerdict Of(PairThresholds thresholds, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> byWords, PairStatement one, PairStatement other, PairFeatures features)
    {
        if (features.Closing != PairOrder.Neither && IsLikely(probabilities[(int)PairRelation.Contradicts], features.Closing == PairOrder.First ? one : other, features.Alignment))
        {
            return new PairVerdict(PairRelation.Contradicts, Math.Max(ByWords, probabilities[(int)PairRelation.Contradicts]), features.Closing, "the later says that it has changed");
        }

        // The network reads digits badly: '02:30' and '03:30' are one time to it.
        var isOfValues = DifferInValuesOnly(one, other, features.Alignment);
        if (isOfValues && byWords[(int)PairRelation.Contradicts] > probabilities[(int)PairRelation.Contradicts])
        {
            probabilities = byWords;
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

            if ((relation != PairRelation.Contradicts || byWords[i] >= (probabilities[i] >= SureOfContradiction ? ByWordsAtLeastWhenSure : ByWordsAtLeast)) && Allowed(thresholds, relation, probabilities[i], probabilities[(int)PairRelation.Contains] + probabilities[(int)PairRelation.Duplicate], one, other, features, ref refused) is { } order)
            {
                (best, verdict) = (relation, new PairVerdict(relation, probabilities[i], order, Reason(relation)) { IsDoubtful = relation == PairRelation.Contradicts && features.WereRead && !isOfValues && probabilities[i] < DoubtfulBelow && !TellsWhatWas(one, other, order) });
            }
        }

        var found = verdict!.Value;
        return refused is null ? found : found with { Reason = $"{found.Reason}; no duplicate: {refused}" };
    }

    // 'runs at 02:30 UTC' and 'runs at 03:30 UTC'.
    private static bool DifferInValuesOnly(PairStatement one, PairStatement other, TermAlignment alignment) =>
        alignment.OnlyOne.All(static t => t.Token.IsValue) && alignment.OnlyOther.All(static t => t.Token.IsValue)
        && one.Values.Any(v => !other.ValueIndex.Contains(v.Value)) && other.Values.Any(v => !one.ValueIndex.Contains(v.Value));

    private static bool IsLikely(float contradiction, PairStatement newer, TermAlignment alignment) =>
        newer.Change is { Old.Count: > 0 } || contradiction >= (newer.Change is { Kind: ChangeKind.Moved } ? LikelyMove : SureChange) || (contradiction >= ChangeAtLeast && alignment.ClosestLeft >= OfOneSort);

    private static PairOrder? Allowed(PairThresholds thresholds, PairRelation relation, float probability, float saysAll, PairStatement one, PairStatement other, PairFeatures features, ref string? refused)
    {
        var guards = features.Guards;
        switch (relation)
        {
            case PairRelation.Duplicate:
                if (probability < thresholds.Duplicate || (!features.WereRead && thresholds.Duplicate > 0 && probability < UnreadDuplicate))
                {
                    return null;
                }

                refused = guards.NoDuplicate;
                return refused is null ? PairOrder.Neither : null;
            case PairRelation.Contains:
                return saysAll >= HoldsAtLeast && guards.CanHold(probability >= SureOfHolding && features.WereRead) ? guards.Holder : null;
            case PairRelation.Contradicts:
                var closing = Closing(one, other);
                var tells = features.WereRead && TellsWhatWas(one, other, closing);
                return probability >= (tells ? ChangeAtLeast : thresholds.Contradiction) && MayClose(probability, one, other, features)
                    && guards.CanContradict(features.WereRead && probability >= (tells ? ChangeAtLeast : SureOfContradiction)) ? closing : null;
            default:
                return PairOrder.Neither;
        }
    }

    private static bool MayClose(float probability, PairStatement one, PairStatement other, PairFeatures features) =>
        features.Closing == PairOrder.Neither || IsLikely(probability, features.Closing == PairOrder.First ? one : other, features.Alignment);

    // They contradict each other, and only the later says that something has changed.
    private static PairOrder Closing(PairStatement one, PairStatement other) => (one.Change is not null, other.Change is not null) switch
    {
        (true, false) when one.SaidAt >= other.SaidAt => PairOrder.First,
        (false, true) when other.SaidAt >= one.SaidAt => PairOrder.Second,
        _ => PairOrder.Neither,
    };

    // 'The manager of Oskar changed from Ada to Bo' beside 'Ada is the person Oskar reports to': what was is what the other says, and what is it does not know.
    private static bool TellsWhatWas(PairStatement one, PairStatement other, PairOrder closing) => closing switch
    {
        PairOrder.First => Changes.EndsWhatIsSaid(one, other),
        PairOrder.Second => Changes.EndsWhatIsSaid(other, one),
        _ => false,
    };

    private static string Reason(PairRelation relation) => relation switch
    {
        PairRelation.Duplicate => "the same information in other words",
        PairRelation.Contains => "one says all of the other and more",
        PairRelation.Contradicts => "values of one attribute that cannot both be so",
        PairRelation.Related => "one subject, and both can be true",
        _ => "different things",
    };
}
