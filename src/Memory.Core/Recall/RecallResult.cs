using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>What was recalled, best first.</summary>
/// <param name="Memories">The results.</param>
/// <param name="OmittedForTokens">How many more results there were that the bound on tokens left out.</param>
/// <param name="Note">What the caller should know about how the query was understood, or <see langword="null"/>.</param>
public sealed record RecallResult(IReadOnlyList<RecalledMemory> Memories, int OmittedForTokens, string? Note);

/// <summary>One result.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Score">How well it fits, in [0, 1]; comparable within one recall.</param>
/// <param name="Lineage">The links that begin or end at it.</param>
/// <param name="Parts">The parts of the score, when an explanation was asked for.</param>
/// <param name="Confidence">The arithmetic of its confidence, when an explanation was asked for.</param>
public sealed record RecalledMemory(
    MemoryRecord Memory,
    double Score,
    IReadOnlyList<Link> Lineage,
    ScoreParts? Parts = null,
    ConfidenceCalculation? Confidence = null);

/// <summary>The parts of a score, each in [0, 1] before its share is applied.</summary>
/// <param name="Words">BM25, relative to the best match; 0 when the query is empty.</param>
/// <param name="Activation">Base-level activation through a logistic function.</param>
/// <param name="Confidence">The memory's confidence.</param>
/// <param name="Importance">The memory's importance.</param>
public readonly record struct ScoreParts(double Words, double Activation, double Confidence, double Importance);
