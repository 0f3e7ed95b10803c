namespace Memory.Core.Memories;

/// <summary>What is known of two memories together. The order of the two means nothing.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other one.</param>
/// <param name="Kind">What is known.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record PairMark(MemoryId First, MemoryId Second, PairMarkKind Kind, DateTimeOffset At)
{
    /// <summary>The one of the two that is not the given one.</summary>
    /// <param name="id">One of the two.</param>
    public MemoryId Other(MemoryId id) => First == id ? Second : First;
}

/// <summary>What may be known of two memories together.</summary>
public enum PairMarkKind
{
    /// <summary>They contradict each other, and neither is clearly better: both stay active until somebody decides.</summary>
    Contested,

    /// <summary>Somebody said, or undid a merge and so said, that they do not say the same. They are never merged.</summary>
    NotDuplicate,

    /// <summary>Somebody said that they say the same.</summary>
    Duplicate,

    /// <summary>Somebody said, or undid a decision and so said, that both can be true. They are never set against each other.</summary>
    NotContradiction,
}
