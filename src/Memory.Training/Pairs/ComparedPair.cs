using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;

namespace Memory.Training.Pairs;

/// <summary>A labelled pair and what the model sees of it.</summary>
internal sealed class ComparedPair
{
    private static readonly DateTimeOffset First = new(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Compares a pair.</summary>
    /// <param name="label">The pair.</param>
    /// <param name="decision">Reads statements.</param>
    /// <param name="encoder">The sentence encoder.</param>
    /// <param name="network">A network that has not seen the pair's topic.</param>
    public ComparedPair(LabelledPair label, PairDecision decision, SentenceEncoder encoder, PairNetwork network)
    {
        Label = label;
        (One, Other) = (decision.Read(label.A, label.Kind, First), decision.Read(label.B, label.Kind, First.AddDays(label.Days)));
        IsTurned = string.CompareOrdinal(label.A, label.B) > 0;
        var (first, second) = IsTurned ? (Other, One) : (One, Other);
        Plain = decision.Compare(first, second);
        Read = new PairReaders(encoder, network).Read(first, second, Plain);
    }

    /// <summary>The pair.</summary>
    public LabelledPair Label { get; }

    /// <summary>The first statement.</summary>
    public PairStatement One { get; }

    /// <summary>The second statement.</summary>
    public PairStatement Other { get; }

    /// <summary>Whether the statements are compared the other way round.</summary>
    public bool IsTurned { get; }

    /// <summary>What is known by words.</summary>
    public PairFeatures Plain { get; }

    /// <summary>What is known when the texts were read too.</summary>
    public PairFeatures Read { get; }
}
