using System.Diagnostics;
using Memory.Core;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Evaluation;

/// <summary>What recall answered to one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Ranks">For each relevant id its place among the results, from 1, or <see langword="null"/> when it is not among them.</param>
/// <param name="TopScore">The score of the first result; 0 when there is none.</param>
/// <param name="Took">How long the call took.</param>
internal sealed record Answer(Question Question, IReadOnlyList<int?> Ranks, double TopScore, TimeSpan Took);

/// <summary>Asks every question of a data set.</summary>
internal static class RecallEvaluation
{
    /// <summary>How many results each question may have.</summary>
    public const int Limit = RecallRequest.MaxLimit;

    // Time is told of code that is compiled and of pages that are read.
    private const int WarmUp = 50;

    public static async Task<IReadOnlyList<Answer>> RunAsync(StoredDataSet stored, RecallOptions options, CancellationToken cancellationToken)
    {
        var service = stored.Service(options);
        foreach (var question in stored.Data.Questions.Take(WarmUp))
        {
            await AskAsync(service, stored, question, cancellationToken);
        }

        var answers = new List<Answer>();
        foreach (var question in stored.Data.Questions)
        {
            answers.Add(await AskAsync(service, stored, question, cancellationToken));
        }

        return answers;
    }

    private static async Task<Answer> AskAsync(MemoryService service, StoredDataSet stored, Question question, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await service.RecallAsync(
            stored.NamespaceOf(question.Conversation), new RecallRequest { Query = question.Query, Limit = Limit }, cancellationToken);
        var took = Stopwatch.GetElapsedTime(began);
        var memories = outcome.Succeeded ? outcome.Value.Memories : throw new InvalidDataException($"'{question.Query}': {outcome.Problem.Message}");
        var places = memories.Select(static (m, i) => (m.Memory.Id, Place: i + 1)).ToDictionary(static p => p.Id, static p => p.Place);
        return new Answer(
            question,
            [.. question.Relevant.Select(id => Place(places, stored.IdOf(question.Conversation, id)))],
            memories.Count > 0 ? memories[0].Score : 0,
            took);
    }

    private static int? Place(Dictionary<MemoryId, int> places, MemoryId id) => places.TryGetValue(id, out var place) ? place : null;
}
