namespace Memory.Core.Memories;

/// <summary>A directed edge of lineage: <paramref name="From"/> was replaced by <paramref name="To"/>.</summary>
/// <param name="From">The memory that was replaced; its text is kept.</param>
/// <param name="To">The memory that replaced it.</param>
/// <param name="Kind">How it was replaced.</param>
/// <param name="At">When, UTC.</param>
public sealed record Link(MemoryId From, MemoryId To, LinkKind Kind, DateTimeOffset At);

/// <summary>How one memory came to be replaced by another.</summary>
public enum LinkKind
{
    /// <summary>Consolidation found that both say the same: the content lives on in the target.</summary>
    MergedInto,

    /// <summary>The target is the newer statement.</summary>
    SupersededBy,
}

/// <summary>What became of a memory that was merged.</summary>
/// <param name="Next">What it was merged into.</param>
/// <param name="Last">What it lives on in, after all merges since.</param>
public readonly record struct Survivor(MemoryId Next, MemoryId Last);
