using System.Globalization;

namespace Memory.Core.Consolidation.Language;

/// <summary>What a language model did in a run. What it did not do, the rules did.</summary>
/// <param name="Calls">How often it was called.</param>
/// <param name="Accepted">Answers that were used.</param>
/// <param name="Refused">Answers that were not used: of another form, or a wording that loses or adds something.</param>
/// <param name="Failed">Calls without an answer.</param>
/// <param name="NotAsked">Questions that were not put: the budget was spent, or it had failed too often.</param>
/// <param name="Problem">The first thing that went wrong, without content of memories; <see langword="null"/> when nothing did.</param>
public sealed record LanguageModelCounts(int Calls, int Accepted, int Refused, int Failed, int NotAsked, string? Problem)
{
    /// <summary>It did nothing.</summary>
    public static LanguageModelCounts None { get; } = new(0, 0, 0, 0, 0, null);

    /// <summary>The same in words; <see langword="null"/> when it was not needed.</summary>
    public string? Words => this == None ? null : string.Create(CultureInfo.InvariantCulture,
        $"Language model: {Calls} calls, {Accepted} answers used, {Refused} refused, {Failed} failed; {NotAsked} questions left to the rules.{(Problem is null ? "" : $" First problem: {Problem}")}");
}
