namespace Memory.Evaluation.World;

/// <summary>Who states facts, and how far to be trusted.</summary>
/// <param name="Source">As memories name it.</param>
/// <param name="Share">The share of all mentions that come from it.</param>
/// <param name="ErrorRate">How often it gets a fact wrong when it learns it. It then goes on saying so until it learns better.</param>
/// <param name="HedgeRate">How often it hedges what it is right about; what it is wrong about, three times as often.</param>
/// <param name="LagDays">How many days at most until it knows of a change.</param>
/// <param name="DatedRate">How often it says when a statement was made.</param>
/// <param name="LooksBackDays">How many days at most its statements are old when they are stored; 0 when they are of the day.</param>
internal sealed record Speaker(
    string Source, double Share, double ErrorRate, double HedgeRate, int LagDays, double DatedRate, int LooksBackDays = 0)
{
    public static Speaker User { get; } = new("user", 0.30, 0.02, 0.08, 1, 0);

    public static Speaker Assistant { get; } = new("agent:assistant", 0.22, 0.05, 0.12, 3, 0.2);

    public static IReadOnlyList<Speaker> All { get; } =
    [
        User,
        Assistant,
        new("agent:coder", 0.16, 0.07, 0.10, 4, 0.1),
        new("agent:scribe", 0.10, 0.18, 0.15, 5, 0.3),
        new("document:handbook", 0.14, 0.04, 0.02, 9, 0.5),
        new("import:notes", 0.08, 0.10, 0.05, 0, 1, LooksBackDays: 30),
    ];

    /// <summary>Draws one by their shares.</summary>
    public static Speaker Draw(Random random)
    {
        var left = random.NextDouble() * All.Sum(static s => s.Share);
        return All.First(s => (left -= s.Share) < 0 || s == All[^1]);
    }
}
