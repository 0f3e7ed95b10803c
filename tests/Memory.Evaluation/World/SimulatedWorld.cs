using Memory.Core.Memories;

namespace Memory.Evaluation.World;

/// <summary>Something that was said in the world.</summary>
/// <param name="At">When it was stored.</param>
/// <param name="Source">Who said it.</param>
/// <param name="Session">The conversation.</param>
/// <param name="Content">The words.</param>
/// <param name="Kind">What sort of statement.</param>
/// <param name="OccurredAt">When it was said, where that was told.</param>
/// <param name="Parts">Its sentences and what each means.</param>
internal sealed record WorldStatement(
    DateTimeOffset At, string Source, string Session, string Content, MemoryKind Kind, DateTimeOffset? OccurredAt, IReadOnlyList<WorldSentence> Parts)
{
    /// <summary>What the words mean.</summary>
    public IReadOnlyList<Claim> Claims { get; } = [.. Parts.SelectMany(static p => p.Claims)];
}

/// <summary>A sentence that was said.</summary>
/// <param name="Text">The words.</param>
/// <param name="Claims">What they mean.</param>
internal sealed record WorldSentence(string Text, IReadOnlyList<Claim> Claims);

/// <summary>Something that is asked at the end.</summary>
internal sealed record WorldQuestion(Topic Topic, string Query);

/// <summary>A world of which the truth is known: what is so, what was said of it in the order in which it was stored, and what can be asked.</summary>
internal sealed record SimulatedWorld(
    int Seed, WorldSize Size, int Days, Truth Truth, IReadOnlyList<WorldStatement> Statements, IReadOnlyList<WorldQuestion> Questions)
{
    /// <summary>The morning of the first day.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The morning after the last day, when the questions are asked.</summary>
    public DateTimeOffset End => Start.AddDays(Days);

    /// <summary>Makes the world of a seed: the same for the same seed, size and number of days.</summary>
    public static SimulatedWorld Create(int seed, WorldSize size, int days)
    {
        var random = new Random(seed);
        var subjects = Subject.Draw(size, random);
        var truth = TruthDrawing.Draw(subjects, days, random);
        var statements = new WorldHistory(subjects, truth, days, random).Tell();
        return new SimulatedWorld(seed, size, days, truth, statements, [.. Answerable(subjects, truth, statements, Start.AddDays(days))]);
    }

    // What nobody has said since it became so, no store can know.
    private static IEnumerable<WorldQuestion> Answerable(
        IReadOnlyList<Subject> subjects, Truth truth, IReadOnlyList<WorldStatement> statements, DateTimeOffset end)
    {
        var known = statements.SelectMany(static s => s.Claims, static (s, c) => (s.At, Claim: c))
            .Where(s => !s.Claim.Denied && s.At >= truth.At(s.Claim.Topic, end).From && truth.Holds(s.Claim, end))
            .Select(static s => s.Claim.Topic).ToHashSet();
        return from subject in subjects
               from attribute in subject.Attributes
               let topic = new Topic(subject.Name, attribute.Name)
               where known.Contains(topic)
               from question in attribute.Questions
               select new WorldQuestion(topic, question.Replace("{s}", subject.Name, StringComparison.Ordinal));
    }
}
