using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>
/// An attribute that subjects of one sort have, and how people speak of it. In the wordings <c>{s}</c> is the subject, <c>{v}</c> the value
/// and <c>{o}</c> the value before; a sentence begins as it would in the middle of another.
/// </summary>
/// <param name="Name">Its name, unique among all attributes.</param>
/// <param name="Values">The values it may take, each with its other names after a bar.</param>
internal sealed record WorldAttribute(string Name, IReadOnlyList<string> Values)
{
    public MemoryKind Kind { get; init; } = MemoryKind.Fact;

    /// <summary>How often it changes in 90 days, on average.</summary>
    public double ChangesIn90Days { get; init; }

    /// <summary>How many values hold at once.</summary>
    public int ValuesAtOnce { get; init; } = 1;

    /// <summary>Wordings of 'it is so'.</summary>
    public required IReadOnlyList<string> States { get; init; }

    /// <summary>Wordings of 'it was that and is now this'; none when it never changes.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Wordings of 'it is no longer that', with <c>{o}</c> alone; none when nobody would say so.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>Wordings of the question.</summary>
    public required IReadOnlyList<string> Questions { get; init; }
}
