using Memory.Core.Memories;
using Memory.Core.Recall.Index;
using Memory.Core.Recall.Ranking;

namespace Memory.Core.Recall;

/// <summary>Lets use and importance move a result a little, never past a clearly better match, and puts what is doubted behind what answers about as well.</summary>
internal static class Usefulness
{
    public static (double Score, ScoreParts Parts) Score(RecallOptions options, in IndexEntry entry, double confidence, Candidate candidate, RecallUse use, DateTimeOffset now)
    {
        var activation = ActivationOf(options, DateTimeOffset.FromUnixTimeMilliseconds(entry.CreatedAt), use, now);
        var parts = new ScoreParts(
            candidate.Words, candidate.Meaning, candidate.WordMeaning, candidate.Sentence, candidate.Neighbours, candidate.Entities, candidate.Time, activation, confidence, entry.Importance);
        var shares = (options.ActivationShare * activation) + (options.ConfidenceShare * confidence) + (options.ImportanceShare * entry.Importance);
        var total = options.ActivationShare + options.ConfidenceShare + options.ImportanceShare;
        return (candidate.Relevance * (1 - total + shares), parts);
    }

    /// <summary>Base-level activation brought to [0, 1].</summary>
    public static double ActivationOf(RecallOptions options, DateTimeOffset storedAt, RecallUse use, DateTimeOffset now) =>
        1 / (1 + Math.Exp(options.HalfActivation - Activation.BaseLevel(storedAt, use, now)));
}
