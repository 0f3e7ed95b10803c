using Memory.Core.Confidence;
using Memory.Core.Memories;

namespace Memory.Core.Recall;

/// <summary>What was recalled, best first.</summary>
/// <param name="Memories">The results.</param>
/// <param name="LeftOut">The results that the bound on tokens left out, best first.</param>
/// <param name="Note">What the caller should know about how the query was understood, or <see langword="null"/>.</param>
/// <param name="WhyNot">What became of the memory that was asked about, or <see langword="null"/> when none was.</param>
public sealed record RecallResult(IReadOnlyList<RecalledMemory> Memories, IReadOnlyList<MemoryId> LeftOut, string? Note, WhyNot? WhyNot = null);

/// <summary>One result.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Score">How well it fits, in [0, 1]; comparable within one recall.</param>
/// <param name="Lineage">The links that begin or end at it.</param>
/// <param name="Alike">Other memories that say the same word for word and gave way to this one.</param>
/// <param name="Parts">The parts of the score, when an explanation was asked for.</param>
/// <param name="Confidence">The arithmetic of its confidence, when an explanation was asked for.</param>
/// <param name="Excerpt">Its first sentences, when the whole is larger than the bound on tokens; else <see langword="null"/>.</param>
public sealed record RecalledMemory(
    MemoryRecord Memory,
    double Score,
    IReadOnlyList<Link> Lineage,
    IReadOnlyList<MemoryId> Alike,
    ScoreParts? Parts = null,
    ConfidenceCalculation? Confidence = null,
    string? Excerpt = null)
{
    /// <summary>Active memories that contradict it, of which neither is clearly better.</summary>
    public IReadOnlyList<MemoryRecord> ContestedWith { get; init; } = [];

    /// <summary>Whether the bound on tokens has room for its content only, with its id and what warns of it.</summary>
    public bool IsBrief { get; init; }

    /// <summary>What to show of its content: all of it, or as much as the bound on tokens allows.</summary>
    public string Text => Excerpt ?? Memory.Content;
}

/// <summary>The parts of a score, each in [0, 1] before its share is applied (see <see cref="RecallOptions"/>).</summary>
/// <param name="Words">BM25, relative to the best match; 0 when the query is empty.</param>
/// <param name="Meaning">The likeness of the texts' vectors, relative to the nearest memory.</param>
/// <param name="WordMeaning">How well each word of the query is met by a word of the memory, relative to the best.</param>
/// <param name="Sentence">The likeness of the whole sentences, relative to the nearest of the best; 0 where it was not looked at, or while the encoder's vectors are not made.</param>
/// <param name="Neighbours">What the memories beside it in its session lend; the share is applied already.</param>
/// <param name="Entities">What memories lend that speak of the same rarely named things; the share is applied already.</param>
/// <param name="Time">Whether it lies in the time that the query names: 1 for certain.</param>
/// <param name="Activation">Base-level activation through a logistic function.</param>
/// <param name="Confidence">The memory's confidence.</param>
/// <param name="Importance">The memory's importance.</param>
public readonly record struct ScoreParts(
    double Words, double Meaning, double WordMeaning, double Sentence, double Neighbours, double Entities, double Time, double Activation, double Confidence, double Importance);

/// <summary>What became of one memory in a recall.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Reason">What kept it out, or that nothing did.</param>
/// <param name="Rank">Its place among all that were ranked, from 1; <see langword="null"/> when it was not ranked.</param>
/// <param name="Score">Its score; of what a filter or a phrase kept out, the one that it would have without them. 0 when nothing was scored.</param>
/// <param name="Parts">The parts of the score; <see langword="null"/> when nothing was scored.</param>
public sealed record WhyNot(MemoryId Id, string Reason, int? Rank, double Score, ScoreParts? Parts);
