using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Evaluation.World;

/// <summary>How well a store answers the questions of its world.</summary>
/// <param name="TopIsTrue">
/// The share of questions of which the answer is what is so now: the first of the results, as many as recall gives when nobody says how many,
/// that says how it is with what was asked; that something is no longer so does not. A question that none of them answers is answered wrongly.
/// </param>
/// <param name="FirstIsTrue">The share of which the very first result is that answer: this measures the ranking of recall too.</param>
/// <param name="Unanswered">The share of which no result says how it is with what was asked.</param>
/// <param name="FalseInTop">How many of the first three results say of what was asked what is not so (any more), on average.</param>
internal readonly record struct AnswerFigures(double TopIsTrue, double FirstIsTrue, double Unanswered, double FalseInTop)
{
    private const int Top = 3;

    public static async Task<AnswerFigures> AskAsync(SimulatedWorld world, WorldStore store, Holdings holdings, CancellationToken cancellationToken)
    {
        var answers = new List<IReadOnlyList<IReadOnlyCollection<Claim>>>();
        foreach (var question in world.Questions)
        {
            var results = await store.AskAsync(question.Query, cancellationToken);
            answers.Add([.. results.Select(r => Said(holdings, r, question.Topic))]);
        }

        return Of(answers, claim => world.Truth.Holds(claim, world.End));
    }

    /// <summary>The questions that are answered wrongly, and with which memory.</summary>
    public static async Task<IReadOnlyList<(WorldQuestion Question, MemoryRecord? Answer)>> WrongAsync(
        SimulatedWorld world, WorldStore store, Holdings holdings, CancellationToken cancellationToken)
    {
        var wrong = new List<(WorldQuestion, MemoryRecord?)>();
        foreach (var question in world.Questions)
        {
            var answer = (await store.AskAsync(question.Query, cancellationToken)).FirstOrDefault(r => Answers(Said(holdings, r, question.Topic)));
            if (answer is null || Of([[Said(holdings, answer, question.Topic)]], claim => world.Truth.Holds(claim, world.End)).TopIsTrue == 0)
            {
                wrong.Add((question, answer?.Memory));
            }
        }

        return wrong;
    }

    /// <param name="answers">Of each question, what each result says of what was asked, best first.</param>
    /// <param name="holds">Whether a claim is true.</param>
    public static AnswerFigures Of(IReadOnlyCollection<IReadOnlyList<IReadOnlyCollection<Claim>>> answers, Func<Claim, bool> holds)
    {
        return new AnswerFigures(
            Share(a => IsTrue(a.FirstOrDefault(Answers))),
            Share(a => a.Count > 0 && IsTrue(a[0])),
            Share(static a => !a.Any(Answers)),
            Figures.Mean(answers.Select(a => (double)a.Take(Top).Count(claims => !claims.All(holds)))));

        bool IsTrue(IReadOnlyCollection<Claim>? claims) => claims is not null && Answers(claims) && claims.All(holds);

        double Share(Func<IReadOnlyList<IReadOnlyCollection<Claim>>, bool> isTrue) => Figures.Mean(answers.Select(a => isTrue(a) ? 1.0 : 0));
    }

    private static bool Answers(IReadOnlyCollection<Claim> claims) => claims.Any(static c => !c.Denied);

    private static Claim[] Said(Holdings holdings, RecalledMemory result, Topic topic) =>
        [.. holdings.Claims(result.Memory.Id).Where(c => c.Topic == topic)];
}
