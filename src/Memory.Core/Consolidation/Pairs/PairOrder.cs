namespace Memory.Core.Consolidation.Pairs;

/// <summary>Which of two memories holds or closes the other.</summary>
internal enum PairOrder
{
    /// <summary>Neither does.</summary>
    Neither,

    /// <summary>The first that was given does.</summary>
    First,

    /// <summary>The second that was given does.</summary>
    Second,
}
