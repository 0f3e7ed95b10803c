namespace Memory.Core.Storage;

/// <summary>How many of a query's terms a memory must contain.</summary>
public enum TermMatch
{
    /// <summary>One is enough.</summary>
    Any,

    /// <summary>Every one.</summary>
    All,
}
