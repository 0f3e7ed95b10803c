namespace Memory.Core.Storage;

/// <summary>How many of a query's terms a memory must contain.</summary>
public enum TermMatch
{
    /// <summary>One is enough.</summary>
    Any,

    /// <summary>
    /// One of the first, third, fifth... and one of the second, fourth, sixth... (one, when the query has no more).
    /// Many times cheaper than <see cref="Any"/>, because few memories are scored.
    /// </summary>
    EachHalf,

    /// <summary>Every one.</summary>
    All,
}
