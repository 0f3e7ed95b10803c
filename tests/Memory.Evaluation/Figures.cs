namespace Memory.Evaluation;

/// <summary>
/// The figures of a set of answers. Recall@k of a question is the share of its relevant ids among the first k results; its reciprocal rank
/// is that of the best-ranked relevant id, 0 when none was found. Both are averaged over the questions that have an answer, of which it tells the number.
/// </summary>
internal readonly record struct Figures(int Questions, double RecallAt5, double RecallAt10, double RecallAt20, double Mrr)
{
    public static Figures Of(IEnumerable<Answer> answers)
    {
        var ranks = answers.Select(static a => a.Ranks).Where(static r => r.Count > 0).ToList();
        return new Figures(
            ranks.Count,
            Mean(ranks.Select(static r => RecallAt(r, 5))),
            Mean(ranks.Select(static r => RecallAt(r, 10))),
            Mean(ranks.Select(static r => RecallAt(r, 20))),
            Mean(ranks.Select(ReciprocalRank)));
    }

    /// <summary>The mean; 0 of nothing, so that a table has no holes.</summary>
    public static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty().Average();

    /// <summary>The value that this percentage of the values does not exceed (nearest rank); 0 of nothing.</summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="percentage">1 to 100.</param>
    public static double Percentile(IEnumerable<double> values, int percentage)
    {
        var ordered = values.Order().ToList();
        return ordered.Count == 0 ? 0 : ordered[(int)Math.Ceiling(ordered.Count * percentage / 100.0) - 1];
    }

    private static double RecallAt(IReadOnlyList<int?> ranks, int k) => ranks.Count(r => r <= k) / (double)ranks.Count;

    private static double ReciprocalRank(IReadOnlyList<int?> ranks) => ranks.Min() is { } best ? 1.0 / best : 0;
}
