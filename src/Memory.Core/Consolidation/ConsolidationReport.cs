using Memory.Core.Consolidation.Language;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>What a run did, or a dry run would do.</summary>
/// <param name="Run">The run's name, by which it can be undone; <see langword="null"/> for a dry run.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Scope">What it looked at.</param>
/// <param name="State">Completed, or cancelled after the last whole unit. A dry run is completed when it looked at everything.</param>
/// <param name="Examined">How many memories it looked at.</param>
/// <param name="Counts">How many it changed.</param>
/// <param name="Changes">The most important changes in words, most telling first.</param>
/// <param name="Stages">How long each stage took, in order.</param>
public sealed record ConsolidationReport(
    RunId? Run,
    Namespace Namespace,
    RunScope Scope,
    RunState State,
    int Examined,
    RunCounts Counts,
    IReadOnlyList<string> Changes,
    IReadOnlyList<StageTime> Stages)
{
    /// <summary>The name of the plan that a dry run made, to be carried out by a request that names it; <see langword="null"/> otherwise.</summary>
    public RunId? Plan { get; init; }

    /// <summary>What contradicts each other and needs the owner's decision, in words, the latest found first.</summary>
    public IReadOnlyList<string> Contested { get; init; } = [];

    /// <summary>What was not done or put back because it broke an invariant, and why.</summary>
    public IReadOnlyList<string> RolledBack { get; init; } = [];

    /// <summary>What of a plan was not carried out because a memory has changed since, and which.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>What the caller should know about the run, or <see langword="null"/>: why the learned model was not used, what was left unmerged for its tags.</summary>
    public string? Note { get; init; }

    /// <summary>What a language model did.</summary>
    public LanguageModelCounts LanguageModel { get; init; } = LanguageModelCounts.None;
}
