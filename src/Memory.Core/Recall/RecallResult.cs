using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>What was recalled, best first.</summary>
/// <param name="Memories">The results.</param>
/// <param name="LeftOut">The results that the bound on tokens left out, best first.</param>
/// <param name="Note">What the caller should know about how the query was understood, or <see langword="null"/>.</param>
public sealed record RecallResult(IReadOnlyList<RecalledMemory> Memories, IReadOnlyList<MemoryId> LeftOut, string? Note);

/// <summary>One result.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Score">How well it fits, in [0, 1]; comparable within one recall.</param>
/// <param name="Lineage">The links that begin or end at it.</param>
/// <param name="Parts">The parts of the score, when an explanation was asked for.</param>
/// <param name="Confidence">The arithmetic of its confidence, when an explanation was asked for.</param>
/// <param name="Excerpt">Its first sentences, when the whole is larger than the bound on tokens; else <see langword="null"/>.</param>
public sealed record RecalledMemory(
    MemoryRecord Memory,
    double Score,
    IReadOnlyList<Link> Lineage,
    ScoreParts? Parts = null,
    ConfidenceCalculation? Confidence = null,
    string? Excerpt = null)
{
    /// <summary>What to show of its content: all of it, or as much as the bound on tokens allows.</summary>
    public string Shown => Excerpt ?? Memory.Content;
}

/// <summary>The parts of a score, each in [0, 1] before its share is applied.</summary>
/// <param name="Words">BM25, relative to the best match; 0 when the query is empty.</param>
/// <param name="Activation">Base-level activation through a logistic function.</param>
/// <param name="Confidence">The memory's confidence.</param>
/// <param name="Importance">The memory's importance.</param>
public readonly record struct ScoreParts(double Words, double Activation, double Confidence, double Importance);
