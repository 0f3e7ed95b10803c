namespace Memory.Evaluation.World;

/// <summary>A probability that was told, and what turned out.</summary>
internal readonly record struct Forecast(double Probability, bool Outcome);

/// <summary>How far told probabilities can be trusted; 0 is perfect. Of nothing it is 0.</summary>
internal static class Calibration
{
    public const int Bins = 10;

    /// <summary>The mean square of the distance between probability and outcome (G. W. Brier, <i>Verification of forecasts expressed in terms of probability</i>, 1950).</summary>
    public static double Brier(IReadOnlyCollection<Forecast> forecasts) =>
        forecasts.Select(static f => Math.Pow(f.Probability - (f.Outcome ? 1 : 0), 2)).DefaultIfEmpty().Average();

    /// <summary>
    /// The expected calibration error: over ten bins of equal width, the distance between the mean probability and the share that came true,
    /// weighted by how many lie in the bin (Naeini, Cooper, Hauskrecht, <i>Obtaining Well Calibrated Probabilities Using Bayesian Binning</i>, 2015).
    /// </summary>
    public static double ExpectedError(IReadOnlyCollection<Forecast> forecasts) => Reliability(forecasts)
        .Sum(b => Math.Abs(b.MeanProbability - b.ShareTrue) * b.Count / forecasts.Count);

    /// <summary>The bins that hold anything, the lowest first.</summary>
    public static IReadOnlyList<(int Bin, int Count, double MeanProbability, double ShareTrue)> Reliability(IReadOnlyCollection<Forecast> forecasts) =>
    [
        .. forecasts.GroupBy(static f => Math.Min(Bins - 1, (int)(f.Probability * Bins))).OrderBy(static b => b.Key)
            .Select(static b => (b.Key, b.Count(), b.Average(static f => f.Probability), b.Average(static f => f.Outcome ? 1.0 : 0))),
    ];
}
