using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>A page of a list of runs, the newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">After which run the next page begins; <see langword="null"/> when this is the last.</param>
public sealed record RunPage(IReadOnlyList<Run> Runs, RunId? Next);
