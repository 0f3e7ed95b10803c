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
        // Each speaker has one voice: the last word counts, and repeating it convinces nobody. What somebody says to be over is over for all.
        var voices = new Dictionary<string, (string Value, double Weight)>();
        foreach (var (statement, claim) in heard)
        {
            if (claim.Denied)
            {
                foreach (var source in voices.Where(v => v.Value.Value == claim.Value).Select(static v => v.Key).ToArray())
                {
                    voices.Remove(source);
                }
            }
            else
            {
                var error = Speaker.All.First(s => s.Source == statement.Source).ErrorRate;
                voices[statement.Source] = (claim.Value, Math.Log((1 - error) / error) * Math.Pow(2, -((now - Said(statement)) / HalfLife)));
            }
        }

        return voices.Values.GroupBy(static v => v.Value, static v => v.Weight)
            .OrderByDescending(static v => v.Sum()).ThenBy(static v => v.Key, StringComparer.Ordinal).Select(static v => v.Key).FirstOrDefault(string.Empty);
    }

    private static DateTimeOffset Said(WorldStatement statement) => statement.OccurredAt ?? statement.At;
}
