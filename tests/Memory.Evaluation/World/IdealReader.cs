namespace Memory.Evaluation.World;

/// <summary>
/// Somebody who understands every statement, knows how reliable each speaker is, and forgets nothing: what share of the questions can be
/// answered from what was said. No store is expected to do better.
/// </summary>
internal static class IdealReader
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    public static double ShareAnswered(SimulatedWorld world)
    {
        var heard = world.Statements.OrderBy(Said).SelectMany(static s => s.Claims, static (s, c) => (Statement: s, Claim: c)).ToLookup(static h => h.Claim.Topic);
        return Figures.Mean(world.Questions.Select(q => world.Truth.Holds(new Claim(q.Topic, Believed(heard[q.Topic], world.End)), world.End) ? 1.0 : 0));
    }

    private static string Believed(IEnumerable<(WorldStatement Statement, Claim Claim)> heard, DateTimeOffset now)
    {
        // The last word of each speaker on each value counts, so that nobody convinces by repeating.
        var weights = new Dictionary<string, Dictionary<string, double>>();
        foreach (var (statement, claim) in heard)
        {
            if (claim.Denied)
            {
                weights.Remove(claim.Value);
                continue;
            }

            var error = Speaker.All.First(s => s.Source == statement.Source).ErrorRate;
            var voices = weights.TryGetValue(claim.Value, out var known) ? known : weights[claim.Value] = [];
            voices[statement.Source] = Math.Log((1 - error) / error) * Math.Pow(2, -((now - Said(statement)) / HalfLife));
        }

        return weights.OrderByDescending(static w => w.Value.Values.Sum()).ThenBy(static w => w.Key, StringComparer.Ordinal).Select(static w => w.Key).FirstOrDefault("");
    }

    private static DateTimeOffset Said(WorldStatement statement) => statement.OccurredAt ?? statement.At;
}
