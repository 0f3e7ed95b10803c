using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;
using Memory.Core.Memories;

namespace Memory.Core.Consolidation;

/// <summary>Where what judges pairs comes from. All are loaded when the first run judges: start-up and recall do not pay for them.</summary>
public sealed class PairModels
{
    private readonly Lazy<Outcome<IPairModel>> _model;
    private readonly Lazy<Outcome<PairReaders>> _readers;

    /// <summary>Names what is loaded.</summary>
    /// <param name="model">Loads the learned model, or tells why it cannot: then rules decide.</param>
    /// <param name="encoder">Loads the sentence encoder, which is asked about pairs that are in doubt, or tells why it cannot.</param>
    /// <param name="network">Loads the network over pairs of texts, which is asked with it, or tells why it cannot. Where one of the two is missing neither is asked.</param>
    public PairModels(Func<Outcome<IPairModel>> model, Func<Outcome<SentenceEncoder>> encoder, Func<Outcome<PairNetwork>> network)
    {
        _model = new Lazy<Outcome<IPairModel>>(model);
        _readers = new Lazy<Outcome<PairReaders>>(() => encoder() is var reader && !reader.Succeeded ? reader.Problem
            : network() is var both && !both.Succeeded ? both.Problem
            : _model!.Value is { Succeeded: true } model && model.Value.NetworkVersion != both.Value.Version
                ? new Problem(ProblemCode.ModelUnavailable, $"The network over pairs is not the one that the model was trained with ({both.Value.Version}, not {model.Value.NetworkVersion}). Install the program again.")
            : new PairReaders(reader.Value, both.Value));
    }

    /// <summary>No model: rules decide, which say little rather than something wrong.</summary>
    public static PairModels RulesOnly { get; } = new(
        static () => new Problem(ProblemCode.ModelUnavailable, "No learned model is configured; pairs are judged by rules only."),
        static () => new Problem(ProblemCode.ModelUnavailable, "No sentence encoder is configured."),
        static () => new Problem(ProblemCode.ModelUnavailable, "No network over pairs is configured."));

    internal Outcome<IPairModel> Model => _model.Value;

    internal Outcome<PairReaders> Readers => _readers.Value;
}
