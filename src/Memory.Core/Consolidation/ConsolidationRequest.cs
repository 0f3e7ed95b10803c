using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>What shall be consolidated.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Scope">What changed since the last completed run, or everything.</param>
/// <param name="DryRun">Whether to only plan what would be done.</param>
/// <param name="Cause">Who wants it.</param>
public sealed record ConsolidationRequest(
    Namespace Namespace,
    RunScope Scope = RunScope.Incremental,
    bool DryRun = false,
    RunCause Cause = RunCause.Request)
{
    /// <summary>The plan of a dry run to carry out, exactly; <see cref="Scope"/> is then that of the plan.</summary>
    public RunId? Plan { get; init; }

    /// <summary>Whether more memories than <see cref="ConsolidationOptions.MaxChangedShare"/> may change state. Only the owner decides that.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait for another consolidation to end, instead of saying who is at it. Zero by default.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>How far a run has come.</summary>
/// <param name="Stage">The stage at work.</param>
/// <param name="StageNumber">Its place, from 1.</param>
/// <param name="StageCount">How many stages there are.</param>
/// <param name="Done">The units of the stage that are done.</param>
/// <param name="Total">The units of the stage; 0 while unknown.</param>
public readonly record struct StageProgress(string Stage, int StageNumber, int StageCount, int Done, int Total);
