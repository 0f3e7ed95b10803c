using System.Numerics.Tensors;
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
    // Surer than this that nothing is to be done, and reading the texts would hardly change the verdict.
    private const float Sure = 0.9f;
    private const double SameText = 0.99;

    // So many pairs of sentences are compared; of longer texts the whole is judged.
    private const int MaxSentencePairs = 36;

    private readonly IPairModel? _model;
    private readonly PairReaders? _readers;
    private readonly StatementReader _reader;
    private readonly WordVectors? _vectors;

    /// <summary>Begins.</summary>
    /// <param name="model">The learned model, or the problem for which there is none: then rules decide.</param>
    /// <param name="embedder">The table of words; without it words are compared by their forms only.</param>
    /// <param name="readers">What is asked about pairs that are in doubt, and about those that would be acted on; costs milliseconds.</param>
    public PairDecision(Outcome<IPairModel> model, StaticEmbedder? embedder, PairReaders? readers)
    {
        _model = model.Succeeded ? model.Value : null;
        RulesOnlyBecause = model.Problem?.Message;
        _readers = readers;
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
            return DecideByParts(one, other);
        }

        var verdict = DecideByParts(other, one);
        return verdict with { Order = verdict.Order switch { PairOrder.First => PairOrder.Second, PairOrder.Second => PairOrder.First, _ => PairOrder.Neither } };
    }

    /// <summary>Whether one statement says all that another says, as far as that is likelier than any other relation: of texts of which a whole was judged before.</summary>
    public bool Says(PairStatement one, PairStatement other) => IsBefore(other, one) ? Says(other, one, PairOrder.Second) : Says(one, other, PairOrder.First);

    /// <summary>What the model is trained and asked with, without the readers.</summary>
    internal PairFeatures Compare(PairStatement one, PairStatement other) => PairFeatures.Of(one, other, _vectors);

    /// <summary>Whether the readers are asked too: where the model is in doubt, and where it would do something to the memories.</summary>
    /// <param name="probabilities">What the model says by words.</param>
    internal static bool AsksReaders(ReadOnlySpan<float> probabilities) =>
        TensorPrimitives.IndexOfMax(probabilities) is var best && (probabilities[best] < Sure || (PairRelation)best is not (PairRelation.Unrelated or PairRelation.Related));

    // Sums of floats depend on their order: the pair is always compared in one.
    private static bool IsBefore(PairStatement one, PairStatement other) =>
        (string.CompareOrdinal(one.Content, other.Content), one.SaidAt.CompareTo(other.SaidAt)) is ( < 0, _) or (0, < 0);

    // Of two that say several things it must be one thing that cannot be so with another, or that says another: a whole is about too much.
    private PairVerdict DecideByParts(PairStatement one, PairStatement other)
    {
        var verdict = DecideInOrder(one, other);
        if (verdict.Relation == PairRelation.Duplicate || one.IsForeign || other.IsForeign || one.IsCut || other.IsCut)
        {
            return verdict;
        }

        var (here, there) = (Sentences.Of(one.Content), Sentences.Of(other.Content));
        if ((here.Count == 1 && there.Count == 1) || here.Count * there.Count > MaxSentencePairs)
        {
            return verdict;
        }

        var (mine, theirs) = (here.Select(h => Part(h, one)).ToList(), there.Select(t => Part(t, other)).ToList());
        if (verdict.Relation == PairRelation.Contains)
        {
            var holds = verdict.Order == PairOrder.First
                ? theirs.TrueForAll(t => mine.Exists(m => Says(m, t, PairOrder.First)))
                : mine.TrueForAll(m => theirs.Exists(t => Says(m, t, PairOrder.Second)));
            return holds ? verdict : new PairVerdict(PairRelation.Related, verdict.Probability, PairOrder.Neither, "no sentence of one says what the other does");
        }

        foreach (var part in mine)
        {
            foreach (var opposite in theirs)
            {
                if (DecideInOrder(part, opposite) is { Relation: PairRelation.Contradicts } found)
                {
                    return found;
                }
            }
        }

        return verdict.Relation == PairRelation.Contradicts
            ? new PairVerdict(PairRelation.Related, verdict.Probability, PairOrder.Neither, "no sentence of one contradicts a sentence of the other")
            : verdict;
    }

    // The whole has been judged: of the sentences the likeliest is enough.
    private bool Says(PairStatement one, PairStatement other, PairOrder who) =>
        Judge(one, other, duplicateAtLeast: 0) is var verdict && (verdict.Relation == PairRelation.Duplicate || (verdict.Relation == PairRelation.Contains && verdict.Order == who));

    private PairStatement Part(string sentence, PairStatement of) => _reader.Read(sentence, of.Kind, of.SaidAt, of.OccurredAt);

    private PairVerdict DecideInOrder(PairStatement one, PairStatement other)
    {
        var verdict = Judge(one, other, _model?.Thresholds.Duplicate ?? 0);
        return verdict.Relation == PairRelation.Contradicts && one.Writing.OneOnlyAsks(other.Writing)
            ? new PairVerdict(PairRelation.Related, verdict.Probability, PairOrder.Neither, "a question claims nothing")
            : verdict;
    }

    private PairVerdict Judge(PairStatement one, PairStatement other, double duplicateAtLeast)
    {
        if (PairStatement.HaveSameText(one, other) && FactGuard.ForbidsDuplicate(one, other) is null)
        {
            return new PairVerdict(PairRelation.Duplicate, SameText, PairOrder.Neither, "the same statement but for case, spacing, punctuation or articles");
        }

        if (_model is null || one.IsForeign || other.IsForeign || one.IsCut || other.IsCut)
        {
            return PairRules.Decide(one, other, PairFeatures.Of(one, other, _vectors, forRules: true));
        }

        var features = Compare(one, other);
        Span<float> probabilities = stackalloc float[PairModelVerdict.Classes];
        _model.Judge(features.Values, probabilities);
        Span<float> byWords = stackalloc float[PairModelVerdict.Classes];
        probabilities.CopyTo(byWords);
        if (_readers is not null && AsksReaders(probabilities))
        {
            features = _readers.Read(one, other, features);
            _model.Judge(features.Values, probabilities);
        }

        return PairModelVerdict.Of(_model.Thresholds with { Duplicate = duplicateAtLeast }, probabilities, byWords, one, other, features);
    }
}
