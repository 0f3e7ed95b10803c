namespace Memory.Evaluation.World;

/// <summary>What the speakers believe: each learns of a change some time after it, may get it wrong, and then says so until it learns better.</summary>
internal sealed class Beliefs(Truth truth, Random random)
{
    private const double CorrectionRate = 0.35;
    private const double OldValueRate = 0.3;

    private readonly Dictionary<(Speaker, Topic), (int Era, string Value, bool Right)> _held = [];
    private readonly Dictionary<(Speaker, Topic, int Era), DateTimeOffset> _heard = [];

    /// <summary>What a speaker takes for true at a time.</summary>
    /// <param name="speaker">The speaker.</param>
    /// <param name="topic">Of what.</param>
    /// <param name="values">All values there are, by their first names.</param>
    /// <param name="at">When.</param>
    /// <returns>The era the speaker thinks of, the value, and whether that is the era's.</returns>
    public (int Era, string Value, bool Right) Of(Speaker speaker, Topic topic, IReadOnlyList<string> values, DateTimeOffset at)
    {
        var era = Enumerable.Range(0, truth.EraAt(topic, at) + 1).Last(e => e == 0 || Heard(speaker, topic, e) <= at);
        return _held.TryGetValue((speaker, topic), out var held) && held.Era == era && (held.Right ? truth.Eras(topic)[era].Values.Count == 1 : random.NextDouble() >= CorrectionRate)
            ? held
            : _held[(speaker, topic)] = Learn(speaker, topic, era, values);
    }

    /// <summary>The speaker hears of the era that is now.</summary>
    public void Tell(Speaker speaker, Topic topic, DateTimeOffset at) => _heard[(speaker, topic, truth.EraAt(topic, at))] = at;

    private (int Era, string Value, bool Right) Learn(Speaker speaker, Topic topic, int era, IReadOnlyList<string> values)
    {
        var right = truth.Eras(topic)[era].Values;
        if (random.NextDouble() >= speaker.ErrorRate)
        {
            return (era, right[random.Next(right.Count)], true);
        }

        var wrong = era > 0 && random.NextDouble() < OldValueRate ? truth.Eras(topic)[era - 1].Values : [.. values.Where(v => !right.Contains(v))];
        return (era, wrong[random.Next(wrong.Count)], false);
    }

    private DateTimeOffset Heard(Speaker speaker, Topic topic, int era)
    {
        if (!_heard.TryGetValue((speaker, topic, era), out var heard))
        {
            _heard[(speaker, topic, era)] = heard = truth.Eras(topic)[era].From.AddDays(random.Next(speaker.LagDays + 1));
        }

        return heard;
    }
}
