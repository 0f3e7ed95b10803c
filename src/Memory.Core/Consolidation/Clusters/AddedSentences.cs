using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Clusters;

/// <summary>
/// The wording of a merge: the best-worded statement, and behind it the sentences of the others that add information. Nothing is invented.
/// A language model may word it instead, under the same check.
/// </summary>
internal static class AddedSentences
{
    /// <summary>The sentences of the others that the best-worded does not say already.</summary>
    /// <returns>None when nothing is added, or when all together would be longer than a memory may be.</returns>
    public static IReadOnlyList<string> Of(PairJudge judge, JudgedMemory best, IEnumerable<JudgedMemory> others)
    {
        var added = new List<string>();
        foreach (var other in others)
        {
            var sentences = Sentences.Of(other.Record.Content);
            if (sentences.Count < 2)
            {
                // The pair was judged as a whole.
                continue;
            }

            foreach (var sentence in sentences.Where(s => !Says(judge, best, s, other) && !added.Contains(s, StringComparer.OrdinalIgnoreCase)))
            {
                added.Add(sentence);
            }
        }

        return Text(best.Record.Content, added).Length <= MemoryRecord.MaxContentLength ? added : [];
    }

    /// <summary>The text of a merge.</summary>
    public static string Text(string best, IReadOnlyList<string> added) => added.Count == 0 ? best : string.Join(' ', added.Prepend(best.TrimEnd()));

    private static bool Says(PairJudge judge, JudgedMemory best, string sentence, JudgedMemory of)
    {
        var verdict = judge.Decide(best, sentence, of);
        return verdict.Relation == PairRelation.Duplicate || (verdict is { Relation: PairRelation.Contains, Order: PairOrder.First })
            || Sentences.Of(best.Record.Content).Any(s => Folding.Statement(s) == Folding.Statement(sentence) && Writing.Of(s).Differs(Writing.Of(sentence)) is null);
    }
}
