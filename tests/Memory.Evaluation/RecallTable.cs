using System.Text;

namespace Memory.Evaluation;

/// <summary>How well recall answered, as Markdown.</summary>
internal static class RecallTable
{
    public static string Of(DataSet data, IReadOnlyList<Answer> answers)
    {
        var text = new StringBuilder()
            .AppendLine($"Recall of `{data.Name}`: {data.Statements.Count} memories, {data.Questions.Count} questions")
            .AppendLine()
            .AppendLine("| category | questions | recall@5 | recall@10 | recall@20 | MRR |")
            .AppendLine("|---|---|---|---|---|---|");
        var answerable = answers.Where(static a => a.Ranks.Count > 0).ToList();
        Row(text, "**all**", Figures.Of(answerable));
        foreach (var category in answerable.GroupBy(static a => a.Question.Category).OrderBy(static c => c.Key, StringComparer.Ordinal))
        {
            Row(text, category.Key, Figures.Of(category));
        }

        var milliseconds = answers.Select(static a => a.Took.TotalMilliseconds).ToList();
        text.AppendLine().AppendLine($"Milliseconds a question: p50 {Figures.Percentile(milliseconds, 50):F2}, p95 {Figures.Percentile(milliseconds, 95):F2}.");
        var answerless = answers.Where(static a => a.Ranks.Count == 0).ToList();
        if (answerless.Count > 0)
        {
            // Whether a client can tell from the score that it was not answered.
            text.AppendLine(
                $"{answerless.Count} questions without an answer: mean top score {TopScore(answerless):F3}, against {TopScore(answerable):F3} of those with one.");
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, Figures figures) => text.AppendLine(
        $"| {name} | {figures.Questions} | {figures.RecallAt5:F3} | {figures.RecallAt10:F3} | {figures.RecallAt20:F3} | {figures.Mrr:F3} |");

    private static double TopScore(IEnumerable<Answer> answers) => Figures.Mean(answers.Select(static a => a.TopScore));
}
