using System.Text.Json;
using System.Text.Json.Serialization;

namespace Memory.Evaluation;

/// <summary>The committed figure that a change must not fall far below.</summary>
internal static class BaselineFile
{
    /// <summary>How far recall@10 may fall: about three questions of the project's own set.</summary>
    public const double Tolerance = 0.02;

    /// <summary>The content of the file.</summary>
    public sealed record Baseline([property: JsonPropertyName("recall_at_10")] double RecallAt10);

    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static async Task<double> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return (await JsonSerializer.DeserializeAsync(file, EvaluationJson.Default.Baseline, cancellationToken))?.RecallAt10
                ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    public static Task WriteAsync(string path, double recallAt10, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(new Baseline(Math.Round(recallAt10, 4)), EvaluationJson.Default.Baseline) + "\n", cancellationToken);

    /// <returns>A sentence, and whether the figure is good enough.</returns>
    public static (string Verdict, bool Kept) Compare(double committed, double found)
    {
        var kept = found >= committed - Tolerance;
        return ($"recall@10 is {found:F3}, committed {committed:F3}: {(kept ? "kept" : $"more than {Tolerance} below")}.", kept);
    }
}
