namespace Memory.Training.Pairs;

/// <summary>Parts pairs by topic: what is held out shares no topic with the others.</summary>
internal static class TopicGroups
{
    /// <summary>The groups, each with the pairs of all other groups.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="groups">How many groups; topics are dealt out in the order of their names.</param>
    public static IEnumerable<(IReadOnlyList<ComparedPair> Held, IReadOnlyList<ComparedPair> Others)> Of(IReadOnlyList<ComparedPair> pairs, int groups)
    {
        var topics = pairs.Select(static p => p.Label.Topic).Distinct().Order(StringComparer.Ordinal).Select(static (t, i) => (t, i)).ToDictionary(static t => t.t, t => t.i % groups, StringComparer.Ordinal);
        return Enumerable.Range(0, Math.Min(groups, topics.Count)).Select(g => (
            (IReadOnlyList<ComparedPair>)[.. pairs.Where(p => topics[p.Label.Topic] == g)], (IReadOnlyList<ComparedPair>)[.. pairs.Where(p => topics[p.Label.Topic] != g)]));
    }
}
