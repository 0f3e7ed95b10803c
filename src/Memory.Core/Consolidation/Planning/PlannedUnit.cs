using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Planning;

/// <summary>What one unit of work intends: all of it is done in one short transaction, or none of it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Changes">The changes, what is to be made first.</param>
internal sealed record PlannedUnit(UnitKind Kind, IReadOnlyList<PlannedChange> Changes)
{
    /// <summary>Whether it rests on a judgement, so that a mistake is possible.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>How many active memories leave that state because of a judgement.</summary>
    public int JudgedStateChanges => IsJudged ? Changes.Count(static c => c.ChangesState && c.Before.State == MemoryState.Active) : 0;
}

/// <summary>What a unit of work does; what matters most to the owner first.</summary>
internal enum UnitKind
{
    /// <summary>A newer or better supported statement replaces another.</summary>
    Supersede,

    /// <summary>Two statements contradict each other and neither is clearly better.</summary>
    Contest,

    /// <summary>Several statements that say the same become one.</summary>
    Merge,

    /// <summary>What has faded leaves recall's default scope.</summary>
    Archive,

    /// <summary>Confidence is written anew.</summary>
    Rescore,
}
