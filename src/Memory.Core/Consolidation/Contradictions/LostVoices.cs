using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Contradictions;

/// <summary>
/// Tells which of the memories that were merged into one of several sentences say only what of it has lost: they are superseded with that sentence, and
/// speak no more for what is left. 'Harbor is at 2.0' that was merged into 'Harbor is at 2.0. Ana owns Harbor.' is no voice for 'Ana owns Harbor.'
/// </summary>
internal static class LostVoices
{
    /// <summary>Those that say nothing of what is left.</summary>
    /// <param name="judge">Judges pairs.</param>
    /// <param name="merged">What was merged into the memory.</param>
    /// <param name="memory">The memory that loses a sentence.</param>
    /// <param name="rest">Its sentences that stay.</param>
    /// <param name="winner">What the others contradict.</param>
    public static IReadOnlyList<MemoryRecord> Of(PairJudge judge, IEnumerable<MemoryRecord> merged, MemoryRecord memory, IReadOnlyList<string> rest, MemoryRecord winner)
    {
        var stays = new JudgedMemory(winner, judge.Read(winner));
        var lost = Sentences.Of(memory.Content).Except(rest, StringComparer.Ordinal).ToList();
        return [.. merged.Where(m => Sentences.Of(m.Content).All(s => IsLost(m, s)))];

        bool IsLost(MemoryRecord from, string sentence) =>
            judge.Decide(stays, sentence, new JudgedMemory(from, judge.Read(from))).Relation == PairRelation.Contradicts
            || (lost.Exists(l => judge.Says(l, memory, sentence, from)) && !rest.Any(r => judge.Says(r, memory, sentence, from)));
    }
}
