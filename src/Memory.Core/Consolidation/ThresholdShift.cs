using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>How corrections have moved the probability from which pairs count: a pure function of what was said.</summary>
/// <param name="Duplicate">By how much more probability two memories are taken for duplicates; below 0 for less.</param>
/// <param name="Contradiction">The same for contradictions.</param>
public readonly record struct ThresholdShift(double Duplicate, double Contradiction)
{
    /// <summary>Calculates the shift of a namespace.</summary>
    /// <param name="corrections">How often somebody corrected a judgement, by what was said.</param>
    /// <param name="options">The constants.</param>
    public static ThresholdShift Of(IReadOnlyDictionary<PairMarkKind, int> corrections, ConsolidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        ArgumentNullException.ThrowIfNull(options);
        var step = options.CorrectionStep;

        // A wrong merge costs more than one that was missed.
        var duplicate = (step * corrections.GetValueOrDefault(PairMarkKind.NotDuplicate)) - (step / 2 * corrections.GetValueOrDefault(PairMarkKind.Duplicate));
        return new ThresholdShift(
            Math.Clamp(duplicate, -options.MaxCorrection, options.MaxCorrection),
            Math.Clamp(step * corrections.GetValueOrDefault(PairMarkKind.NotContradiction), 0, options.MaxCorrection));
    }
}
