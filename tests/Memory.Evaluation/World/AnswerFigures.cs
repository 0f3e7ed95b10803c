using Memory.Core.Recall;

namespace Memory.Evaluation.World;

/// <summary>How well a store answers the questions of its world.</summary>
/// <param name="Questions">How many were asked.</param>
/// <param name="TopIsTrue">The share of which the first result says what is so now, and nothing of it that is not.</param>
/// <param name="FalseInTop">How many of the first three results of a question say of what was asked what is not so (any more), on average.</param>
internal readonly record struct AnswerFigures(int Questions, double TopIsTrue, double FalseInTop)
{
    public const int Top = 3;

    public static async Task<AnswerFigures> AskAsync(SimulatedWorld world, WorldStore store, Holdings holdings, CancellationToken cancellationToken)
    {
        var (right, stale) = (0, 0);
        foreach (var question in world.Questions)
        {
            var results = await store.AskAsync(question.Query, Top, cancellationToken);
            var said = results.Select(r => Said(holdings, r, question.Topic)).ToArray();
            right += said.Length > 0 && IsAnswer(said[0], world) ? 1 : 0;
            stale += said.Count(claims => claims.Any(c => !world.Truth.Holds(c, world.End)));
        }

        return new AnswerFigures(world.Questions.Count, Share(right), Share(stale));

        double Share(int count) => world.Questions.Count == 0 ? 0 : count / (double)world.Questions.Count;
    }

    /// <summary>Whether claims about one topic say what is so now and nothing else. That something is no longer so answers nothing.</summary>
    internal static bool IsAnswer(IReadOnlyCollection<Claim> claims, SimulatedWorld world) =>
        claims.Any(static c => !c.Denied) && claims.All(c => world.Truth.Holds(c, world.End));

    private static Claim[] Said(Holdings holdings, RecalledMemory result, Topic topic) =>
        [.. holdings.Claims(result.Memory.Id).Where(c => c.Topic == topic)];
}
