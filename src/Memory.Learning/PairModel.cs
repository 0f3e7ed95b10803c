using System.Collections.Concurrent;
using Memory.Core.Consolidation.Pairs;
using Microsoft.ML;

namespace Memory.Learning;

/// <summary>The learned model of how two memories relate. Thread-safe: each thread that judges at a time borrows an engine of its own.</summary>
internal sealed class PairModel : IPairModel
{
    private readonly MLContext _context = new(seed: 0);
    private readonly ITransformer _model;
    private readonly ConcurrentBag<Engine> _idle = [];

    /// <summary>Takes a trained model.</summary>
    public PairModel(ITransformer model, string version, string networkVersion, PairThresholds thresholds) => (_model, Version, NetworkVersion, Thresholds) = (model, version, networkVersion, thresholds);

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public string NetworkVersion { get; }

    /// <inheritdoc/>
    public PairThresholds Thresholds { get; }

    /// <inheritdoc/>
    public void Judge(ReadOnlySpan<float> features, Span<float> probabilities)
    {
        if (!_idle.TryTake(out var engine))
        {
            engine = new Engine(_context, _model);
        }

        engine.Judge(features, probabilities);
        _idle.Add(engine);
    }

    private sealed class Engine(MLContext context, ITransformer model)
    {
        private readonly PredictionEngine<PairRow, PairScore> _engine = context.Model.CreatePredictionEngine<PairRow, PairScore>(model, ignoreMissingColumns: false, PairRow.Schema());
        private readonly PairRow _row = new() { Features = new float[PairFeatures.Names.Count] };
        private PairScore _score = new();

        public void Judge(ReadOnlySpan<float> features, Span<float> probabilities)
        {
            features.CopyTo(_row.Features);
            _engine.Predict(_row, ref _score);
            _score.Score.CopyTo(probabilities);
        }
    }
}
