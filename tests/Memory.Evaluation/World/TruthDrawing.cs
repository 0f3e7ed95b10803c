namespace Memory.Evaluation.World;

/// <summary>Draws what is so in a world and when it changes.</summary>
internal static class TruthDrawing
{
    private const double Period = 90;

    // Nothing changes before it was told once, and nothing so late that nobody could tell.
    private const int QuietBeginning = 12;
    private const int QuietEnd = 4;

    public static Truth Draw(IReadOnlyList<Subject> subjects, int days, Random random) => new(
        subjects.SelectMany(static s => s.Attributes, static (s, a) => (Topic: new Topic(s.Name, a.Name), Attribute: a))
            .ToDictionary(static t => t.Topic, IReadOnlyList<Era> (t) => Eras(t.Attribute, days, random)));

    private static List<Era> Eras(WorldAttribute attribute, int days, Random random)
    {
        var values = attribute.Values.Select(static v => v.Split('|')[0]).ToArray();
        random.Shuffle(values);
        List<Era> eras = [new Era(SimulatedWorld.Start, values[..attribute.ValuesAtOnce])];
        for (var day = QuietBeginning; day < days - QuietEnd; day++)
        {
            // A value may come back: it is true again then.
            if (random.NextDouble() < attribute.ChangesIn90Days / Period)
            {
                var others = values.Where(v => !eras[^1].Values.Contains(v)).ToArray();
                eras.Add(new Era(SimulatedWorld.Start.AddDays(day), [others[random.Next(others.Length)]]));
            }
        }

        return eras;
    }
}
