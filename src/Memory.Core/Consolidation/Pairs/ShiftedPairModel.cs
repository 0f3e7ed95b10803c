namespace Memory.Core.Consolidation.Pairs;

/// <summary>A model whose thresholds have moved, as the corrections of one namespace ask.</summary>
/// <param name="model">The model.</param>
/// <param name="duplicate">By how much more probability two memories are taken for duplicates; below 0 for less.</param>
/// <param name="contradiction">The same for contradictions.</param>
internal sealed class ShiftedPairModel(IPairModel model, double duplicate, double contradiction) : IPairModel
{
    // Never so sure that nothing is, nor so unsure that a coin would do.
    private const double Least = 0.5;
    private const double Most = 0.999;

    public string Version => model.Version;

    public string NetworkVersion => model.NetworkVersion;

    public PairThresholds Thresholds => new(Moved(model.Thresholds.Duplicate, duplicate), Moved(model.Thresholds.Contradiction, contradiction));

    public void Judge(ReadOnlySpan<float> features, Span<float> probabilities) => model.Judge(features, probabilities);

    private static double Moved(double threshold, double shift) => Math.Clamp(threshold + shift, Math.Min(Least, threshold), Most);
}
