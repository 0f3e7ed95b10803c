using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Makes the judge of a run, which has learned from the corrections of its namespace.</summary>
internal sealed class PairJudging(ConsolidationOptions options, EmbeddingSource embeddings, PairModels models)
{
    /// <summary>A judge.</summary>
    /// <param name="corrections">How often somebody corrected a judgement, by what was said.</param>
    /// <param name="marks">What was said, and of which statements.</param>
    public PairJudge For(IReadOnlyDictionary<PairMarkKind, int> corrections, IReadOnlyList<StatementMark> marks)
    {
        var shift = ThresholdShift.Of(corrections, options);
        var model = models.Model;
        var shifted = model.Succeeded && shift != default ? new ShiftedPairModel(model.Value, shift.Duplicate, shift.Contradiction) : model;
        return new PairJudge(
            new OwnersWord(marks),
            new PairDecision(shifted, embeddings.Table, null),
            new Lazy<Outcome<PairDecision>>(() =>
                model.Problem is { } problem ? problem
                : models.Readers is { Succeeded: true } readers ? new PairDecision(shifted, embeddings.Table, readers.Value)
                : models.Readers.Problem!));
    }
}
