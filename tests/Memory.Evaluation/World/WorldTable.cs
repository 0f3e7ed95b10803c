using System.Text;

namespace Memory.Evaluation.World;

/// <summary>What became of some worlds, as Markdown.</summary>
internal static class WorldTable
{
    private sealed record Row(string Name, string Format, Func<WorldFigures, double> Value);

    private static readonly IReadOnlyList<Row> Rows =
    [
        new("statements stored", "N0", static f => f.World.Statements.Count),
        new("questions", "N0", static f => f.World.Questions.Count),
        new("an ideal reader answers rightly", "F3", static f => f.Attainable),
        new("top answer is the truth, before", "F3", static f => f.Before.Answers.TopIsTrue),
        new("**top answer is the truth, after**", "F3", static f => f.After.Answers.TopIsTrue),
        new("first result is the truth, before", "F3", static f => f.Before.Answers.FirstIsTrue),
        new("first result is the truth, after", "F3", static f => f.After.Answers.FirstIsTrue),
        new("no result answers, before", "F3", static f => f.Before.Answers.Unanswered),
        new("no result answers, after", "F3", static f => f.After.Answers.Unanswered),
        new("untrue in the top 3 a question, before", "F3", static f => f.Before.Answers.FalseInTop),
        new("untrue in the top 3 a question, after", "F3", static f => f.After.Answers.FalseInTop),
        new("pairs merged rightly", "N0", static f => f.Merges.Rightly),
        new("**pairs merged wrongly**", "N0", static f => f.Merges.Wrongly),
        new("pairs of duplicates left", "N0", static f => f.Merges.LeftApart),
        new("superseded rightly", "N0", static f => f.SupersededRightly),
        new("**superseded wrongly**", "N0", static f => f.SupersededWrongly),
        new("**facts lost**", "N0", static f => f.Lost),
        new("active memories, before", "N0", static f => f.Before.Active),
        new("active memories, after", "N0", static f => f.After.Active),
        new("bytes of their text, before", "N0", static f => f.Before.TextBytes),
        new("bytes of their text, after", "N0", static f => f.After.TextBytes),
        new("bytes of the file, before", "N0", static f => f.Before.FileBytes),
        new("bytes of the file, after", "N0", static f => f.After.FileBytes),
        new("Brier score, before", "F3", static f => f.Before.Brier),
        new("**Brier score, after**", "F3", static f => f.After.Brier),
        new("expected calibration error, before", "F3", static f => f.Before.CalibrationError),
        new("**expected calibration error, after**", "F3", static f => f.After.CalibrationError),
        new("**changed by a second night at once**", "N0", static f => f.ChangedByNext),
        new("changed by a full run then", "N0", static f => f.ChangedByFull),
        new("**changed by a second full run**", "N0", static f => f.ChangedBySecondFull),
        new("seconds of all nights", "F1", static f => f.NightsTook.TotalSeconds),
        new("seconds in all", "F1", static f => f.Took.TotalSeconds),
    ];

    public static string Of(IReadOnlyList<WorldFigures> worlds)
    {
        var first = worlds[0].World;
        var text = new StringBuilder()
            .AppendLine($"The simulated world ({first.Size.Name}, {first.Days} days), never consolidated and consolidated every night")
            .AppendLine()
            .AppendLine($"| | {string.Join(" | ", worlds.Select(static w => $"seed {w.World.Seed}"))} | median |")
            .AppendLine($"|---|{string.Concat(worlds.Select(static _ => "---|"))}---|");
        foreach (var row in Rows)
        {
            var values = worlds.Select(row.Value).ToArray();
            text.AppendLine($"| {row.Name} | {string.Join(" | ", values.Append(Figures.Percentile(values, 50)).Select(v => v.ToString(row.Format)))} |");
        }

        foreach (var note in worlds.Select(static w => w.Note).OfType<string>().Distinct())
        {
            text.AppendLine().AppendLine(note);
        }

        return text.AppendLine().AppendLine("Confidence of active memories after consolidation, all seeds together").AppendLine()
            .Append(Reliability([.. worlds.SelectMany(static w => w.After.Forecasts)])).ToString();
    }

    private static StringBuilder Reliability(IReadOnlyCollection<Forecast> forecasts)
    {
        var text = new StringBuilder().AppendLine("| confidence | memories | mean | true |").AppendLine("|---|---|---|---|");
        foreach (var (bin, count, mean, share) in Calibration.Reliability(forecasts))
        {
            text.AppendLine($"| {bin / (double)Calibration.Bins:F1} to {(bin + 1) / (double)Calibration.Bins:F1} | {count} | {mean:F3} | {share:F3} |");
        }

        return text;
    }
}
