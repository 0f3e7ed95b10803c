using System.Text.Json;
using System.Text.Json.Serialization;

namespace Memory.Evaluation.World;

/// <summary>The committed medians that a change must not make much worse.</summary>
/// <param name="TopIsTrue">The share of questions whose top answer is the truth, after consolidation.</param>
/// <param name="Brier">The Brier score of confidence.</param>
/// <param name="CalibrationError">Its expected calibration error.</param>
/// <param name="WronglyMerged">The share of merged pairs that do not belong together.</param>
/// <param name="WronglySuperseded">The share of superseded memories that are true.</param>
internal sealed record WorldBaseline(
    [property: JsonPropertyName("top_is_true")] double TopIsTrue,
    [property: JsonPropertyName("brier")] double Brier,
    [property: JsonPropertyName("calibration_error")] double CalibrationError,
    [property: JsonPropertyName("wrongly_merged")] double WronglyMerged,
    [property: JsonPropertyName("wrongly_superseded")] double WronglySuperseded)
{
    /// <summary>How much worse each may get: about four questions of a small world.</summary>
    public const double Tolerance = 0.02;

    public static WorldBaseline Of(IReadOnlyList<WorldFigures> worlds) => new(
        Median(worlds, static f => f.After.Answers.TopIsTrue),
        Median(worlds, static f => f.After.Brier),
        Median(worlds, static f => f.After.CalibrationError),
        Median(worlds, static f => Share(f.Merges.Wrongly, f.Merges.Rightly)),
        Median(worlds, static f => Share(f.SupersededWrongly, f.SupersededRightly)));

    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static async Task<WorldBaseline> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, EvaluationJson.Default.WorldBaseline, cancellationToken)
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, EvaluationJson.Default.WorldBaseline) + "\n", cancellationToken);

    /// <summary>What got worse than these by more than the tolerance, and what must never be; nothing when all is well.</summary>
    public IReadOnlyList<string> Regressions(IReadOnlyList<WorldFigures> worlds)
    {
        var found = Of(worlds);
        return
        [
            .. Worse("top answer is the truth", TopIsTrue - found.TopIsTrue, TopIsTrue, found.TopIsTrue),
            .. Worse("Brier score", found.Brier - Brier, Brier, found.Brier),
            .. Worse("expected calibration error", found.CalibrationError - CalibrationError, CalibrationError, found.CalibrationError),
            .. Worse("share of pairs merged wrongly", found.WronglyMerged - WronglyMerged, WronglyMerged, found.WronglyMerged),
            .. Worse("share superseded wrongly", found.WronglySuperseded - WronglySuperseded, WronglySuperseded, found.WronglySuperseded),
            .. worlds.Where(static f => f.Lost > 0).Select(static f => $"seed {f.World.Seed}: {f.Lost} facts lost; 0 are allowed."),
            .. worlds.Where(static f => f.ChangedByNext > 0 || f.ChangedBySecondFull > 0).Select(static f =>
                $"seed {f.World.Seed}: a second run changed {Math.Max(f.ChangedByNext, f.ChangedBySecondFull)} memories; 0 are allowed."),
        ];
    }

    private static IEnumerable<string> Worse(string name, double by, double committed, double found) =>
        by > Tolerance ? [$"{name} is {found:F3}, committed {committed:F3}: more than {Tolerance} worse."] : [];

    private static double Median(IEnumerable<WorldFigures> worlds, Func<WorldFigures, double> value) => Math.Round(Figures.Percentile(worlds.Select(value), 50), 4);

    private static double Share(int part, int rest) => part == 0 ? 0 : part / (double)(part + rest);
}
