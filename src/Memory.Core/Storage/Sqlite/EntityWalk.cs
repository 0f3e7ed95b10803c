namespace Memory.Core.Storage.Sqlite;

/// <summary>Walks from an entity over the memories that mention it to the entities these mention, hop by hop, looking at a bounded number of rows.</summary>
internal sealed class EntityWalk(SqliteSession session, bool activeOnly)
{
    // The newest memories of one entity, and everything else that these mention. An entity is of one namespace, and so is all that is met.
    private const string Shared = """
        WITH newest AS MATERIALIZED (
          SELECT x.memory FROM mentions x CROSS JOIN memories m ON m.row = x.memory
          WHERE x.entity = ?1 AND (?2 = 0 OR m.state = 'active') ORDER BY x.memory DESC LIMIT ?3)
        SELECT o.entity, n.memory FROM newest n CROSS JOIN mentions o ON o.memory = n.memory WHERE o.entity <> ?1 ORDER BY n.memory DESC
        """;

    /// <summary>An entity that was reached: its row, how, and by which memories, newest first.</summary>
    public readonly record struct Step(long Entity, int Depth, long Through, IReadOnlyList<long> Memories);

    public List<Step> From(long start, int depth)
    {
        var seen = new HashSet<long> { start };
        var steps = new List<Step>();
        long[] frontier = [start];
        for (var hop = 1; hop <= depth && frontier.Length > 0; hop++)
        {
            var reached = Hop(frontier, hop, seen);
            // What was reached and cut off is not met again as if it were farther away.
            seen.UnionWith(reached.Select(static s => s.Entity));
            Step[] kept = [.. reached.Take(EntityNeighbour.MaxEntities)];
            steps.AddRange(kept);
            frontier = [.. kept.Select(static s => s.Entity)];
        }

        return steps;
    }

    private Step[] Hop(long[] frontier, int hop, HashSet<long> seen)
    {
        var strongest = new Dictionary<long, Step>();
        foreach (var through in frontier)
        {
            var shared = session.Query(
                Shared, static r => (Entity: r.GetInt64(0), Memory: r.GetInt64(1)), through, activeOnly ? 1 : 0, EntityNeighbour.MaxMemories / frontier.Length);
            foreach (var group in shared.Where(s => !seen.Contains(s.Entity)).GroupBy(static s => s.Entity, static s => s.Memory))
            {
                var step = new Step(group.Key, hop, through, [.. group]);
                if (!strongest.TryGetValue(group.Key, out var known) || step.Memories.Count > known.Memories.Count)
                {
                    strongest[group.Key] = step;
                }
            }
        }

        return [.. strongest.Values.OrderByDescending(static s => s.Memories.Count).ThenByDescending(static s => s.Memories[0]).ThenBy(static s => s.Entity)];
    }
}
