using Memory.Core.Embeddings;
using Memory.Core.Memories;
using Memory.Core.Recall.Ranking;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>
/// Tells how two memories relate: by a learned model under the guard of <see cref="FactGuard"/>, or by rules only where there is no model.
/// The same whichever of the two comes first, but for <see cref="PairVerdict.Order"/>. Thread-safe.
/// </summary>
internal sealed class PairDecision
{
    // Surer than this, and the sentence encoder would hardly change the verdict.
    private const float Sure = 0.9f;
    private const double SameText = 0.99;

    private readonly IPairModel? _model;
    private readonly SentenceEncoder? _encoder;
    private readonly StatementReader _reader;
    private readonly WordVectors? _vectors;

    /// <summary>Begins.</summary>
    /// <param name="model">The learned model, or the problem for which there is none: then rules decide.</param>
    /// <param name="embedder">The table of words; without it words are compared by their forms only.</param>
    /// <param name="encoder">The sentence encoder, asked about pairs that are in doubt; costs milliseconds a text.</param>
    public PairDecision(Outcome<IPairModel> model, StaticEmbedder? embedder, SentenceEncoder? encoder)
    {
        _model = model.Succeeded ? model.Value : null;
        RulesOnlyBecause = model.Problem?.Message;
        _encoder = encoder;
        _reader = new StatementReader(embedder);
        _vectors = embedder is null ? null : new WordVectors(embedder);
    }

    /// <summary>Why rules only decide; <see langword="null"/> when a model does.</summary>
    public string? RulesOnlyBecause { get; }

    /// <summary>Makes what a memory is compared by. Keep it for all pairs that the memory is in.</summary>
    public PairStatement Read(MemoryRecord memory) => _reader.Read(memory);

    /// <inheritdoc cref="StatementReader.Read(string, MemoryKind, DateTimeOffset, DateTimeOffset?)"/>
    public PairStatement Read(string content, MemoryKind kind, DateTimeOffset saidAt, DateTimeOffset? occurredAt = null) => _reader.Read(content, kind, saidAt, occurredAt);

    /// <summary>Decides about two memories.</summary>
    public PairVerdict Decide(PairStatement one, PairStatement other)
    {
        if (!IsBefore(other, one))
        {
            return DecideInOrder(one, other);
        }

        var verdict = DecideInOrder(other, one);
        return verdict with { Order = verdict.Order switch { PairOrder.First => PairOrder.Second, PairOrder.Second => PairOrder.First, _ => PairOrder.Neither } };
    }

    /// <summary>What the model is trained and asked with, the encoder's judgement included when asked for.</summary>
    internal PairFeatures Compare(PairStatement one, PairStatement other, bool withEncoder)
    {
        var features = PairFeatures.Of(one, other, _vectors);
        if (withEncoder && _encoder is not null)
        {
            features.SetEncoderCosine(Vectors.Dot(one.Encoded(_encoder), other.Encoded(_encoder)));
        }

        return features;
    }

    // Sums of floats depend on their order: the pair is always compared in one.
    private static bool IsBefore(PairStatement one, PairStatement other) =>
        (string.CompareOrdinal(one.Content, other.Content), one.SaidAt.CompareTo(other.SaidAt)) is ( < 0, _) or (0, < 0);

    private PairVerdict DecideInOrder(PairStatement one, PairStatement other)
    {
        if (PairStatement.HaveSameText(one, other) && FactGuard.ForbidsDuplicate(one, other) is null)
        {
            return new PairVerdict(PairRelation.Duplicate, SameText, PairOrder.Neither, "the same statement but for case, spacing, punctuation or articles");
        }

        var features = Compare(one, other, withEncoder: false);
        if (_model is null || one.IsForeign || other.IsForeign || one.IsCut || other.IsCut)
        {
            return PairRules.Decide(one, other, features);
        }

        Span<float> probabilities = stackalloc float[PairModelVerdict.Classes];
        _model.Judge(features.Values, probabilities);
        if (_encoder is not null && System.Numerics.Tensors.TensorPrimitives.Max<float>(probabilities) < Sure)
        {
            features.SetEncoderCosine(Vectors.Dot(one.Encoded(_encoder), other.Encoded(_encoder)));
            _model.Judge(features.Values, probabilities);
        }

        return PairModelVerdict.Of(_model.Thresholds, probabilities, one, other, features);
    }
}
