namespace Memory.Evaluation.World;

/// <summary>Lets the speakers of a world talk, day by day.</summary>
internal sealed class WorldHistory(IReadOnlyList<Subject> subjects, Truth truth, int days, Random random)
{
    private const int IntroductionDays = 12;
    private const double MentionsADay = 0.06;
    private const double AnnouncedByUser = 0.85;
    private const double AnnouncedAsChange = 0.65;
    private const double EndToldToo = 0.15;
    private const double RetoldAsChange = 0.15;
    private const double RepeatedInSession = 0.2;
    private const double TwoAtOnce = 0.05;

    private readonly Wording _wording = new(random);
    private readonly Beliefs _beliefs = new(truth, random);
    private readonly Dictionary<Topic, int> _introduced = [];

    private enum Form
    {
        State,
        Change,
        End,
    }

    private sealed record Mention(int Day, Speaker Speaker, Subject Subject, WorldAttribute Attribute, Form Form)
    {
        public Topic Topic => new(Subject.Name, Attribute.Name);
    }

    public IReadOnlyList<WorldStatement> Tell()
    {
        var mentions = subjects.SelectMany(static s => s.Attributes, Mentions).SelectMany(static m => m).ToList();
        var statements = new List<WorldStatement>();
        foreach (var day in mentions.GroupBy(static m => m.Day).OrderBy(static d => d.Key))
        {
            // One conversation a speaker a day, in the order of the speakers: so the user is heard first.
            foreach (var (speaker, number) in Speaker.All.Select(static (s, i) => (s, i)))
            {
                statements.AddRange(Session(speaker, SimulatedWorld.Start.AddDays(day.Key).AddHours(8 + (2 * number)), [.. day.Where(m => m.Speaker == speaker)]));
            }
        }

        return statements;
    }

    private IEnumerable<Mention> Mentions(Subject subject, WorldAttribute attribute)
    {
        var topic = new Topic(subject.Name, attribute.Name);
        var first = _introduced[topic] = random.Next(Math.Min(IntroductionDays, days));
        yield return new Mention(first, random.NextDouble() < 0.6 ? Speaker.User : Speaker.Assistant, subject, attribute, Form.State);
        for (var day = first + 1; day < days; day++)
        {
            if (random.NextDouble() < MentionsADay)
            {
                yield return new Mention(day, Speaker.Draw(random), subject, attribute, random.NextDouble() < RetoldAsChange ? Form.Change : Form.State);
            }
        }

        foreach (var era in truth.Eras(topic).Skip(1))
        {
            var announcer = random.NextDouble() < AnnouncedByUser ? Speaker.User : Speaker.Assistant;
            var day = Math.Min(days - 1, (era.From - SimulatedWorld.Start).Days + random.Next(3));
            _beliefs.Tell(announcer, topic, era.From);
            yield return new Mention(day, announcer, subject, attribute, random.NextDouble() < AnnouncedAsChange ? Form.Change : Form.State);
            if (random.NextDouble() < EndToldToo)
            {
                yield return new Mention(Math.Min(days - 1, day + 1 + random.Next(3)), announcer, subject, attribute, Form.End);
            }
        }
    }

    private IEnumerable<WorldStatement> Session(Speaker speaker, DateTimeOffset at, IReadOnlyList<Mention> mentions)
    {
        var session = $"{at:yyyy-MM-dd}-{speaker.Source.Split(':')[^1]}";
        foreach (var mention in mentions)
        {
            for (var again = true; again; again = random.NextDouble() < RepeatedInSession)
            {
                at = at.AddMinutes(1);
                yield return Say(mention, at, session);
            }
        }
    }

    private WorldStatement Say(Mention mention, DateTimeOffset at, string session)
    {
        var speaker = mention.Speaker;
        var spokenAt = speaker.LooksBackDays == 0 ? at : at.AddDays(-1 - random.Next(speaker.LooksBackDays));
        var (sentence, claims, right) = Put(mention, spokenAt);
        List<WorldSentence> parts = [new(_wording.Finish(sentence, hedged: random.NextDouble() < speaker.HedgeRate * (right ? 1 : 3)), claims)];
        if (mention.Form == Form.State && random.NextDouble() < TwoAtOnce && Another(mention) is { } other)
        {
            var (second, more, _) = Put(other, spokenAt);
            parts.Add(new WorldSentence(_wording.Finish(second, hedged: false), more));
        }

        DateTimeOffset? occurredAt = random.NextDouble() < speaker.DatedRate ? spokenAt : null;
        return new WorldStatement(at, speaker.Source, session, string.Join(' ', parts.Select(static p => p.Text)), mention.Attribute.Kind, occurredAt, parts);
    }

    private (string Sentence, IReadOnlyList<Claim> Claims, bool Right) Put(Mention mention, DateTimeOffset at)
    {
        var (attribute, topic) = (mention.Attribute, mention.Topic);
        var (era, value, right) = _beliefs.Of(mention.Speaker, topic, [.. attribute.Values.Select(First)], at);
        var before = era > 0 ? truth.Eras(topic)[era - 1].Values[0] : null;
        if (mention.Form == Form.End && before is not null && attribute.Ends.Count > 0)
        {
            return (Fill(_wording.Pick(attribute.Ends), null), [new Claim(topic, before, Denied: true)], truth.Eras(topic)[era].Values[0] != before);
        }

        // Who believes in the value before does not speak of a change.
        if (mention.Form == Form.Change && before is not null && before != value)
        {
            var template = _wording.Pick(attribute.Changes);
            Claim[] claims = template.Contains("{o}", StringComparison.Ordinal)
                ? [new Claim(topic, value), new Claim(topic, before, Denied: true)]
                : [new Claim(topic, value)];
            return (Fill(template, value), claims, right);
        }

        return (Fill(_wording.Pick(attribute.States), value), [new Claim(topic, value)], right);

        string Fill(string template, string? now) => _wording.Fill(template, mention.Subject, AllNames(now), AllNames(before));

        string? AllNames(string? name) => name is null ? null : attribute.Values.First(v => First(v) == name);
    }

    private Mention? Another(Mention mention)
    {
        var told = mention.Subject.Attributes
            .Where(a => a != mention.Attribute && _introduced[new Topic(mention.Subject.Name, a.Name)] <= mention.Day).ToArray();
        return told.Length == 0 ? null : mention with { Attribute = told[random.Next(told.Length)] };
    }

    private static string First(string value) => value.Split('|')[0];
}
