namespace Memory.Core.Consolidation.Pairs;

/// <summary>How sure a model must be before two memories are merged or set against each other.</summary>
/// <param name="Duplicate">The least probability of a duplicate, 0 to 1.</param>
/// <param name="Contradiction">The least probability of a contradiction, 0 to 1.</param>
public readonly record struct PairThresholds(double Duplicate, double Contradiction);
