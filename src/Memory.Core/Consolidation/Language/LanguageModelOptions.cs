namespace Memory.Core.Consolidation.Language;

/// <summary>How much a language model may do in a run of consolidation.</summary>
public sealed record LanguageModelOptions
{
    /// <summary>The defaults.</summary>
    public static LanguageModelOptions Default { get; } = new();

    /// <summary>How long one answer may take: 30 seconds. A model on the same machine writes two sentences within that; the night is long, but not for one question.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls a run may make: 40, so that a paid endpoint costs cents a night and a slow one 20 minutes at most.</summary>
    public int CallsPerRun { get; init; } = 40;

    /// <summary>After how many calls in a row without a usable answer a run asks no more: 3. A model that is down or cannot hold the form is not waited for 40 times.</summary>
    public int FailuresToStop { get; init; } = 3;

    /// <summary>The most characters of statements in one question: 8,000, about 2,000 tokens, which every model takes.</summary>
    public int MaxCharacters { get; init; } = 8_000;
}
