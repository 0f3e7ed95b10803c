namespace Memory.Training.Pairs;

/// <summary>Parts topics, so that what is held out shares none with what is learned from.</summary>
internal static class TopicGroups
{
    /// <summary>How many groups there are.</summary>
    public const int Count = 3;

    /// <summary>The group of each topic; topics are dealt out in the order of their names.</summary>
    /// <param name="pairs">The pairs.</param>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<LabelledPair> pairs) => pairs
        .Select(static p => p.Topic).Distinct().Order(StringComparer.Ordinal).Select(static (topic, i) => (topic, i)).ToDictionary(static t => t.topic, static t => t.i % Count, StringComparer.Ordinal);
}
