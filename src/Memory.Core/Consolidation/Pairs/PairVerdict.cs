namespace Memory.Core.Consolidation.Pairs;

/// <summary>What was decided about two memories.</summary>
/// <param name="Relation">How they relate.</param>
/// <param name="Probability">How sure that is, 0 to 1; of a decision by rules a fixed figure for each rule.</param>
/// <param name="Order">
/// For <see cref="PairRelation.Contains"/> which of the two holds the other; for <see cref="PairRelation.Contradicts"/> which closes the other by
/// its own words ('moved to', 'no longer'), and <see cref="PairOrder.Neither"/> where only time and evidence can tell. Otherwise neither.
/// </param>
/// <param name="Reason">Why, in words that repeat nothing of the memories.</param>
internal readonly record struct PairVerdict(PairRelation Relation, double Probability, PairOrder Order, string Reason)
{
    /// <summary>Whether that is likely and no more: then nothing is superseded for it, both stay contested, and neither is evidence against the other.</summary>
    public bool IsDoubtful { get; init; }
}
