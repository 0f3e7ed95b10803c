namespace Memory.Evaluation.World;

/// <summary>Puts claims into words.</summary>
internal sealed class Wording(Random random)
{
    private const double OtherNameRate = 0.3;
    private const double IntroductionRate = 0.12;

    private static readonly string[] Hedges =
    [
        "I think {0}.", "as far as I know, {0}.", "I believe {0}.", "not sure, but {0}.", "if I remember correctly, {0}.", "{0}, I think.", "apparently {0}.", "{0}, but I may be wrong.",
    ];

    private static readonly string[] Introductions =
        ["FYI: {0}", "for the record, {0}", "note: {0}", "reminder: {0}", "just so that it is noted: {0}", "to keep in mind: {0}"];

    /// <summary>Fills a wording.</summary>
    /// <param name="template">With <c>{s}</c>, <c>{v}</c> and <c>{o}</c>.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="value">The value with its other names after bars, or <see langword="null"/> when the wording has none.</param>
    /// <param name="before">The value before, likewise.</param>
    public string Fill(string template, Subject subject, string? value, string? before) => template
        .Replace("{s}", AnyOf(subject.Names), StringComparison.Ordinal)
        .Replace("{v}", value is null ? string.Empty : AnyOf(value.Split('|')), StringComparison.Ordinal)
        .Replace("{o}", before is null ? string.Empty : AnyOf(before.Split('|')), StringComparison.Ordinal);

    /// <summary>Makes a sentence that stands alone: hedged or not, now and then with a word of introduction, and with a capital letter.</summary>
    public string Finish(string sentence, bool hedged)
    {
        var words = hedged ? Pick(Hedges).Replace("{0}", sentence.TrimEnd('.'), StringComparison.Ordinal) : sentence;
        var introduced = random.NextDouble() < IntroductionRate ? Pick(Introductions).Replace("{0}", words, StringComparison.Ordinal) : words;
        return string.Concat(introduced[..1].ToUpperInvariant(), introduced[1..]);
    }

    public string Pick(IReadOnlyList<string> choices) => choices[random.Next(choices.Count)];

    private string AnyOf(IReadOnlyList<string> names) =>
        names.Count > 1 && random.NextDouble() < OtherNameRate ? names[1 + random.Next(names.Count - 1)] : names[0];
}
