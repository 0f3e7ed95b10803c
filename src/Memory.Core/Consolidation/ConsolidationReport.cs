using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>What a run did, or a dry run would do.</summary>
/// <param name="Run">The run's name, by which it can be undone; <see langword="null"/> for a dry run.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Scope">What it looked at.</param>
/// <param name="State">Completed, or cancelled after the last whole unit. A dry run is completed when it looked at everything.</param>
/// <param name="Examined">How many memories it looked at.</param>
/// <param name="Counts">How many it changed.</param>
/// <param name="Changes">The first of the changes in words, most telling first.</param>
/// <param name="Stages">How long each stage took, in order.</param>
public sealed record ConsolidationReport(
    RunId? Run,
    Namespace Namespace,
    RunScope Scope,
    RunState State,
    int Examined,
    RunCounts Counts,
    IReadOnlyList<string> Changes,
    IReadOnlyList<StageTime> Stages);

/// <summary>How long a stage took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Elapsed">The time.</param>
public readonly record struct StageTime(string Stage, TimeSpan Elapsed);
