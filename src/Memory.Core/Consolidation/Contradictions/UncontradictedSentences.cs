using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Contradictions;

/// <summary>Tells what a memory says besides what another contradicts: 'lives in Oslo. Plays the cello.' and 'lives in Bergen' leave the cello.</summary>
internal static class UncontradictedSentences
{
    /// <summary>The sentences of a memory that do not contradict another memory.</summary>
    /// <returns>None when it is of one sentence, or when all of them contradict the other.</returns>
    public static IReadOnlyList<string> Of(PairJudge judge, MemoryRecord memory, MemoryRecord winner)
    {
        var sentences = Sentences.Of(memory.Content);
        if (sentences.Count < 2)
        {
            return [];
        }

        var (stays, said) = (new JudgedMemory(winner, judge.Read(winner)), new JudgedMemory(memory, judge.Read(memory)));
        return [.. sentences.Where(s => judge.Decide(stays, s, said).Relation != PairRelation.Contradicts)];
    }
}
