namespace Memory.Core.Consolidation.Pairs;

/// <summary>A symbol of a text that means something without being a word: '&lt;', '-&gt;', '-' of a range, '✅'.</summary>
/// <param name="Mark">The symbol in its one spelling.</param>
/// <param name="Before">The word or number before it, articles and 'is' apart; empty at the beginning.</param>
/// <param name="After">The word or number after it; empty at the end.</param>
/// <param name="IsSpelled">Whether it is written as a word ('3 to 5'), which says the same as the symbol but need not be one.</param>
internal readonly record struct Symbol(string Mark, string Before, string After, bool IsSpelled)
{
    /// <summary>Whether two symbols are one, and between the same words.</summary>
    public bool Is(Symbol other) => Mark == other.Mark && Before == other.Before && After == other.After;

    /// <summary>Whether two symbols are one, and have a word beside them in common.</summary>
    public bool StandsAs(Symbol other) => Mark == other.Mark && (Before == other.Before || After == other.After);
}
