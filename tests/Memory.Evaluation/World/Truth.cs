namespace Memory.Evaluation.World;

/// <summary>A time in which an attribute does not change.</summary>
/// <param name="From">When it begins; it lasts until the next one.</param>
/// <param name="Values">What holds: one value, or several for attributes that may have several at once.</param>
internal sealed record Era(DateTimeOffset From, IReadOnlyList<string> Values);

/// <summary>What is so in the world, and since when.</summary>
/// <param name="eras">The eras of each topic, the earliest first; the first one also holds for all time before it.</param>
internal sealed class Truth(IReadOnlyDictionary<Topic, IReadOnlyList<Era>> eras)
{
    public IEnumerable<Topic> Topics => eras.Keys;

    public IReadOnlyList<Era> Eras(Topic topic) => eras[topic];

    /// <summary>The place of the era that a time lies in.</summary>
    public int EraAt(Topic topic, DateTimeOffset at) => Math.Max(0, eras[topic].Count(e => e.From <= at) - 1);

    public Era At(Topic topic, DateTimeOffset at) => eras[topic][EraAt(topic, at)];

    /// <summary>Whether a claim is true at a time.</summary>
    public bool Holds(Claim claim, DateTimeOffset at) => At(claim.Topic, at).Values.Contains(claim.Value) != claim.Denied;
}
