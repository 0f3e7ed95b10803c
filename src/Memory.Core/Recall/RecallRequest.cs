using Memory.Core.Memories;
using Memory.Core.Storage;

namespace Memory.Core.Recall;

/// <summary>What somebody wants to recall.</summary>
public sealed record RecallRequest
{
    /// <summary>The most results of one recall.</summary>
    public const int MaxLimit = 50;

    /// <summary>How many results when nobody said.</summary>
    public const int DefaultLimit = 8;

    /// <summary>The longest query, in characters.</summary>
    public const int MaxQueryLength = 32_768;

    /// <summary>The question or words; empty for the most active memories.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>How many results at most, 1 to 50.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>What else must hold.</summary>
    public MemoryFilter Filter { get; init; } = new();

    /// <summary>The most tokens the results may take together, as <see cref="Render"/> shows them and <see cref="Packing.TokenCounter"/> counts; <see langword="null"/> for no bound.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How the caller will show a result: the text that <see cref="MaxTokens"/> counts, with whatever separates it from the next. The bare content when left out. Of one that <see cref="RecalledMemory.IsBrief"/> it should show less.</summary>
    public Func<RecalledMemory, string> Render { get; init; } = static result => result.Text;

    /// <summary>Whether each result shall carry the parts of its score and the arithmetic of its confidence.</summary>
    public bool Explain { get; init; }

    /// <summary>A memory of which the result shall tell what score it got and what kept it out; <see langword="null"/> for none.</summary>
    public MemoryId? WhyNot { get; init; }

    /// <summary>The time as of which the store is recalled: what was stored later is not there, what has ended since is active, and confidence is what the evidence of then made it. Tags, kind and importance are those of now, and what a run did that was undone since is not told. Now when left out.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether the recall is one that may be asked again later: a question to the store as it is, without filters.</summary>
    internal bool CanBeRemembered => AsOf is null && QueryText.HasSubject(Query) && QueryText.Phrases(Query).Count == 0
        && Filter is { Kinds.Count: 0, Tags.Count: 0, Since: null, Until: null, MinConfidence: 0, States: [MemoryState.Active] };

    /// <summary>Checks every value.</summary>
    /// <returns>What is wrong and what is allowed, or <see langword="null"/> when all is well.</returns>
    public Problem? Check() => this switch
    {
        { Query.Length: > MaxQueryLength } => Problem.Invalid($"query has {Query.Length} characters; up to {MaxQueryLength} are allowed."),
        { Limit: < 1 or > MaxLimit } => Problem.Invalid($"limit is {Limit}; 1 to {MaxLimit} is allowed."),
        { MaxTokens: < 1 } => Problem.Invalid($"max_tokens is {MaxTokens}; 1 or more is allowed."),
        { Filter.MinConfidence: not (>= 0 and <= 1) } => Problem.Invalid(FormattableString.Invariant($"min_confidence is {Filter.MinConfidence}; a number from 0 to 1 is allowed.")),
        { Filter: { Since: { } since, Until: { } until } } when since > until => Problem.Invalid(
            $"since is {Instant.Text(since)} and until is {Instant.Text(until)}; a since that is not after until is allowed."),
        _ when Filter.States.Contains(MemoryState.Forgotten) => Problem.Invalid("states contains 'forgotten'; a forgotten memory has no content to recall. Allowed: active, merged, superseded, archived."),
        _ => TextCheck.Tags(Filter.Tags),
    };
}
