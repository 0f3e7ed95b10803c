namespace Memory.Core.Consolidation.Pairs;

/// <summary>Decides by rules, where there is no model. They say little rather than something wrong: what they do not recognise is related at most.</summary>
internal static class PairRules
{
    private const float RelatedOverlap = 0.3f;
    private const float RelatedForeign = 0.5f;
    private const int TrigramDice = 5;

    /// <summary>Decides about two statements whose texts are not the same.</summary>
    public static PairVerdict Decide(PairStatement one, PairStatement other, PairFeatures features)
    {
        if (one.IsForeign || other.IsForeign || one.IsCut || other.IsCut)
        {
            return features.Values[TrigramDice] > RelatedForeign
                ? new PairVerdict(PairRelation.Related, 0.6, PairOrder.Neither, "alike, in another language or too long to compare word for word")
                : new PairVerdict(PairRelation.Unrelated, 0.6, PairOrder.Neither, "little in common");
        }

        if (features.Closing != PairOrder.Neither)
        {
            return new PairVerdict(PairRelation.Contradicts, 0.9, features.Closing, "the later says that it has changed");
        }

        return Same(one, other, features) ?? Opposed(one, other, features) ?? Held(one, other, features) ?? OtherValue(one, other, features) ?? Rest(one, other, features);
    }

    private static PairVerdict? Same(PairStatement one, PairStatement other, PairFeatures features)
    {
        var alignment = features.Alignment;
        var all = alignment.Shared == one.Terms.Count && alignment.Shared == other.Terms.Count && alignment.Shared > 1;
        return all && !Turned(one, other, features) && FactGuard.ForbidsDuplicate(one, other) is null
            ? new PairVerdict(PairRelation.Duplicate, 0.95, PairOrder.Neither, "the same words of content")
            : null;
    }

    private static PairVerdict? Opposed(PairStatement one, PairStatement other, PairFeatures features)
    {
        var alignment = features.Alignment;
        var left = Math.Max(one.Terms.Count, other.Terms.Count) - alignment.Shared;
        return alignment.Shared > 1 && features.SameSubject && one.Kind == other.Kind
            && ((left == 0 && FactGuard.NegationsDiffer(one, other)) || (left <= 1 && Opposites.Between(one, other)))
            ? new PairVerdict(PairRelation.Contradicts, 0.85, PairOrder.Neither, "one denies what the other says")
            : null;
    }

    private static PairVerdict? Held(PairStatement one, PairStatement other, PairFeatures features)
    {
        var shared = features.Alignment.Shared;
        if (shared < 2 || Turned(one, other, features))
        {
            return null;
        }

        const string reason = "all words of content of the one are in the other";
        return shared == other.Terms.Count && one.Terms.Count > shared && FactGuard.ForbidsContains(one, other) is null ? new PairVerdict(PairRelation.Contains, 0.85, PairOrder.First, reason)
            : shared == one.Terms.Count && other.Terms.Count > shared && FactGuard.ForbidsContains(other, one) is null ? new PairVerdict(PairRelation.Contains, 0.85, PairOrder.Second, reason)
            : null;
    }

    private static PairVerdict? OtherValue(PairStatement one, PairStatement other, PairFeatures features) =>
        features is { HasOneValue: true, SameSubject: true, Order: { Substitutions: 1, Insertions: 0 } } && features.Alignment.Shared > 1
        && one.Terms.Count - features.Alignment.Shared == 1 && other.Terms.Count - features.Alignment.Shared == 1
        && features.Alignment.OnlyOne.Any(static t => t.Token.IsValue) && features.Alignment.OnlyOther.Any(static t => t.Token.IsValue)
            && AttributeGuard.ForbidsContradiction(one, other, features.Alignment) is null
            ? new PairVerdict(PairRelation.Contradicts, 0.75, PairOrder.Neither, "another value of one attribute")
            : null;

    private static PairVerdict Rest(PairStatement one, PairStatement other, PairFeatures features)
    {
        var alignment = features.Alignment;
        var overlap = Math.Min(alignment.SharedOne, alignment.SharedOther) / Math.Max(1e-6f, Math.Min(alignment.WeightOne, alignment.WeightOther));
        return overlap > RelatedOverlap || one.Names.Any(n => FactGuard.Holds(other, n))
            ? new PairVerdict(PairRelation.Related, 0.6, PairOrder.Neither, "words or names in common")
            : new PairVerdict(PairRelation.Unrelated, 0.7, PairOrder.Neither, "little in common");
    }

    // Who does what to whom is the other way round, unless one is in the passive.
    private static bool Turned(PairStatement one, PairStatement other, PairFeatures features) =>
        features.Order.ArgumentsSwapped && WordOrder.IsPassive(one) == WordOrder.IsPassive(other);
}
