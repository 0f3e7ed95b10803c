namespace Memory.Core.Consolidation.Pairs;

/// <summary>How two memories relate. The order of the values is that of the model's classes: part of its file.</summary>
public enum PairRelation
{
    /// <summary>They speak of different things.</summary>
    Unrelated,

    /// <summary>One subject, and both can be true: they complement each other.</summary>
    Related,

    /// <summary>One says all of the other, and more.</summary>
    Contains,

    /// <summary>They give the same information.</summary>
    Duplicate,

    /// <summary>One subject and one attribute of it, with values that cannot both be so.</summary>
    Contradicts,
}
