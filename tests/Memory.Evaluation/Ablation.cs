using System.Text;
using Memory.Core.Memories;
using Memory.Core.Recall;

namespace Memory.Evaluation;

/// <summary>What each signal of the ranking is worth: recall over the same stored data with that signal removed.</summary>
internal static class Ablation
{
    /// <summary>Recall with other settings than the defaults.</summary>
    /// <param name="Name">What is missing.</param>
    /// <param name="Change">Takes it out of the full settings.</param>
    /// <param name="Of">What the signal is of a memory; a signal of which all memories have the same decides nothing, and is not measured.</param>
    public sealed record Variation(string Name, Func<RecallOptions, RecallOptions> Change, Func<MemoryRecord, double>? Of = null);

    /// <summary>Every signal that can be taken out. A new signal gets its line here.</summary>
    public static IReadOnlyList<Variation> Variations { get; } =
    [
        new("without the words as they stand", static o => o with { MeaningShare = 1 }),
        new("without the texts' meaning", static o => o with { MeaningShare = 0 }),
        new("without the words' meaning", static o => o with { WordMeaningShare = 0 }),
        new("without the sentences' meaning", static o => o with { SentenceCandidates = 0 }),
        new("names weigh as other words", static o => o with { NameWeight = 1 }),
        new("without neighbours", static o => o with { NeighbourShare = 0, SecondNeighbourShare = 0 }),
        new("without the second neighbours", static o => o with { SecondNeighbourShare = 0 }),
        new("neighbours in notes as in conversations", static o => o with { NotesNeighbourFactor = 1 }),
        new("without named things", static o => o with { EntityShare = 0 }),
        new("without times in the query", static o => o with { TimeShare = 0 }),
        new("without other wordings", static o => o with { MergedCandidates = 0 }),
        new("without short names", static o => o with { ImpliedShare = 0 }),
        new("without activation", static o => o with { ActivationShare = 0 }),
        new("without confidence", static o => o with { ConfidenceShare = 0 }, static m => m.Confidence),
        new("without importance", static o => o with { ImportanceShare = 0 }, static m => m.Importance),
    ];

    /// <returns>A Markdown table: the figures of each variation and, in brackets, what it gained or lost against the full settings.</returns>
    public static async Task<string> RunAsync(StoredDataSet stored, CancellationToken cancellationToken)
    {
        var full = await FiguresAsync(stored, RecallOptions.Default, cancellationToken);
        var text = new StringBuilder()
            .AppendLine("| settings | recall@5 | recall@10 | recall@20 | MRR |")
            .AppendLine("|---|---|---|---|---|")
            .AppendLine($"| **full** | {full.RecallAt5:F3} | {full.RecallAt10:F3} | {full.RecallAt20:F3} | {full.Mrr:F3} |");
        var alike = Variations.Where(v => v.Of is { } of && stored.Memories.Select(of).Distinct().Count() < 2).ToList();
        foreach (var (name, change, _) in Variations.Except(alike))
        {
            var varied = await FiguresAsync(stored, change(RecallOptions.Default), cancellationToken);
            text.Append($"| {name} | {Cell(varied.RecallAt5, full.RecallAt5)} | {Cell(varied.RecallAt10, full.RecallAt10)} ")
                .AppendLine($"| {Cell(varied.RecallAt20, full.RecallAt20)} | {Cell(varied.Mrr, full.Mrr)} |");
        }

        if (alike.Count > 0)
        {
            text.AppendLine().AppendLine($"Not measured, since all memories of this set have the same: {string.Join(", ", alike.Select(static v => v.Name))}.");
        }

        return text.ToString();
    }

    private static async Task<Figures> FiguresAsync(StoredDataSet stored, RecallOptions options, CancellationToken cancellationToken) =>
        Figures.Of(await RecallEvaluation.RunAsync(stored, options, cancellationToken));

    private static string Cell(double value, double full) => $"{value:F3} ({value - full:+0.000;-0.000;0.000})";
}
