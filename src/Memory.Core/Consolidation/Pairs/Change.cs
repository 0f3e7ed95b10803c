namespace Memory.Core.Consolidation.Pairs;

/// <summary>A change that a statement reports.</summary>
/// <param name="Kind">What sort of change.</param>
/// <param name="Verb">The verb or phrase, as written.</param>
/// <param name="Subject">The stems before the verb, and between it and 'from' or 'to': of whom or what it is said.</param>
/// <param name="Old">The stems of what was before, where the words tell; empty otherwise.</param>
/// <param name="New">The stems of what is now, where the words tell; empty otherwise.</param>
internal sealed record Change(ChangeKind Kind, string Verb, IReadOnlyList<string> Subject, IReadOnlyList<string> Old, IReadOnlyList<string> New);

/// <summary>What sort of change a statement reports.</summary>
internal enum ChangeKind
{
    /// <summary>'switched from npm to pnpm', 'replaced A with B', 'B instead of A': what was and what is.</summary>
    Replaced,

    /// <summary>'moved to Bergen': where something is now.</summary>
    Moved,

    /// <summary>'switched to pnpm', 'is now 20', 'upgraded to 17': what is now.</summary>
    Became,

    /// <summary>'no longer smokes', 'stopped', 'sold the car': what is no more.</summary>
    Ended,
}
