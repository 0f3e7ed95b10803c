namespace Memory.Core.Memories;

/// <summary>What somebody said of two statements: of two memories and of whatever says the same in the same words.</summary>
/// <param name="First">One of them: the hash of its text as consolidation folds it.</param>
/// <param name="Second">The other one.</param>
/// <param name="Kind">What was said; never that they are contested.</param>
public readonly record struct StatementMark(long First, long Second, PairMarkKind Kind);
