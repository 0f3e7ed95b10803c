using Memory.Core.Consolidation.Pairs;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation.Clusters;

/// <summary>
/// The wording of a merge: the best-worded statement, and behind it the sentences of the others that add information. Nothing is invented.
/// A language model may word it instead, under the same check.
/// </summary>
internal static class AddedSentences
{
    /// <summary>Adds the sentences of another that the best-worded does not say already.</summary>
    /// <param name="judge">Judges pairs.</param>
    /// <param name="best">The best-worded.</param>
    /// <param name="other">The other.</param>
    /// <param name="added">What others add; a sentence of several stands there for each.</param>
    /// <returns>Whether there was room: all together must not be longer than a memory may be. Otherwise nothing was added.</returns>
    public static bool TryAdd(PairJudge judge, JudgedMemory best, JudgedMemory other, List<AddedSentence> added)
    {
        var sentences = Sentences.Of(other.Record.Content);
        if (sentences.Count < 2)
        {
            // The pair was judged as a whole.
            return true;
        }

        var more = sentences.Where(s => !Says(judge, best, s, other)).Select(s => new AddedSentence(other.Record.Id, s)).ToList();
        if (Text(best.Record.Content, [.. added.Concat(more).Select(static a => a.Text)]).Length > MemoryRecord.MaxContentLength)
        {
            return false;
        }

        added.AddRange(more);
        return true;
    }

    /// <summary>The text of a merge: each sentence once.</summary>
    public static string Text(string best, IReadOnlyList<string> added) => added.Count == 0 ? best : string.Join(' ', added.Distinct(StringComparer.OrdinalIgnoreCase).Prepend(best.TrimEnd()));

    private static bool Says(PairJudge judge, JudgedMemory best, string sentence, JudgedMemory of)
    {
        var verdict = judge.Decide(best, sentence, of);
        return verdict.Relation == PairRelation.Duplicate || (verdict is { Relation: PairRelation.Contains, Order: PairOrder.First })
            || Sentences.Of(best.Record.Content).Any(s => Folding.Statement(s) == Folding.Statement(sentence) && Writing.Of(s).Differs(Writing.Of(sentence)) is null);
    }
}
