using System.Text.Json;

namespace Memory.Evaluation;

/// <summary>A JSON line for each question, for looking at what was found and what was not.</summary>
internal static class PerQueryFile
{
    /// <summary>One line; <paramref name="Ranks"/> go with <paramref name="Relevant"/>, null where an id was not found.</summary>
    public sealed record Line(
        string Conversation, string Query, string Category, IReadOnlyList<string> Relevant, IReadOnlyList<int?> Ranks, double TopScore, double Milliseconds);

    public static Task WriteAsync(string path, IEnumerable<Answer> answers, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, answers.Select(static a => JsonSerializer.Serialize(LineOf(a), EvaluationJson.Default.Line)), cancellationToken);

    private static Line LineOf(Answer answer) => new(
        answer.Question.Conversation,
        answer.Question.Query,
        answer.Question.Category,
        answer.Question.Relevant,
        answer.Ranks,
        Math.Round(answer.TopScore, 4),
        Math.Round(answer.Took.TotalMilliseconds, 3));
}
