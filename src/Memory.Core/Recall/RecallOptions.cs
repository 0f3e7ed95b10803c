namespace Memory.Core.Recall;

/// <summary>The constants of recall's ranking.</summary>
public sealed record RecallOptions
{
    /// <summary>The defaults.</summary>
    public static RecallOptions Default { get; } = new();

    /// <summary>How many candidates are ranked for each result wanted: 4, so that confidence and activation have something to choose from.</summary>
    public int CandidatesPerResult { get; init; } = 4;

    /// <summary>The fewest candidates ranked: 64.</summary>
    public int MinCandidates { get; init; } = 64;

    /// <summary>
    /// The share of a score that activation may add: 0.10. Together with the next two at most a quarter, so that
    /// no amount of use outweighs a clearly better match of the words.
    /// </summary>
    public double ActivationShare { get; init; } = 0.10;

    /// <summary>The share of a score that confidence may add: 0.10.</summary>
    public double ConfidenceShare { get; init; } = 0.10;

    /// <summary>The share of a score that importance may add: 0.05. It is the storing client's guess, so it weighs least.</summary>
    public double ImportanceShare { get; init; } = 0.05;

    /// <summary>The activation that counts as half: -6.5, one use about five days ago.</summary>
    public double HalfActivation { get; init; } = -6.5;
}
