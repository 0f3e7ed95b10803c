using Memory.Core.Consolidation.Pairs;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Where what judges pairs comes from. Both are loaded when the first run judges: start-up and recall do not pay for them.</summary>
public sealed class PairModels
{
    private readonly Lazy<Outcome<IPairModel>> _model;
    private readonly Lazy<Outcome<SentenceEncoder>> _encoder;

    /// <summary>Names what is loaded.</summary>
    /// <param name="model">Loads the learned model, or tells why it cannot: then rules decide.</param>
    /// <param name="encoder">Loads the sentence encoder, which is asked about pairs that are in doubt, or tells why it cannot: then it is not asked.</param>
    public PairModels(Func<Outcome<IPairModel>> model, Func<Outcome<SentenceEncoder>> encoder)
    {
        _model = new Lazy<Outcome<IPairModel>>(model);
        _encoder = new Lazy<Outcome<SentenceEncoder>>(encoder);
    }

    /// <summary>No model: rules decide, which say little rather than something wrong.</summary>
    public static PairModels RulesOnly { get; } = new(
        static () => new Problem(ProblemCode.ModelUnavailable, "No learned model is configured; pairs are judged by rules only."),
        static () => new Problem(ProblemCode.ModelUnavailable, "No sentence encoder is configured."));

    internal Outcome<IPairModel> Model => _model.Value;

    internal SentenceEncoder? Encoder => _encoder.Value.Succeeded ? _encoder.Value.Value : null;
}
