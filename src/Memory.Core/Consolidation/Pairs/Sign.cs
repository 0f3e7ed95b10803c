namespace Memory.Core.Consolidation.Pairs;

/// <summary>A sign of a text that means something without being a word: '&lt;', '-&gt;', '-' of a range, '✅'.</summary>
/// <param name="Mark">The sign in its one spelling.</param>
/// <param name="Before">The word or number before it, articles and 'is' apart; empty at the beginning.</param>
/// <param name="After">The word or number after it; empty at the end.</param>
/// <param name="IsSpelled">Whether it is written as a word ('3 to 5'), which says the same as the sign but need not be one.</param>
internal readonly record struct Sign(string Mark, string Before, string After, bool IsSpelled)
{
    /// <summary>Whether two signs are one, and between the same words.</summary>
    public bool Is(Sign other) => Mark == other.Mark && Before == other.Before && After == other.After;

    /// <summary>Whether two signs are one, and have a word beside them in common.</summary>
    public bool StandsAs(Sign other) => Mark == other.Mark && (Before == other.Before || After == other.After);
}
