using Memory.Core.Consolidation.Pairs.Network;
using Memory.Core.Embeddings;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>What reads the texts of a pair, for milliseconds: the sentence encoder one by one, the network both together.</summary>
/// <param name="encoder">Makes a vector of a text.</param>
/// <param name="network">Judges two texts.</param>
internal sealed class PairReaders(SentenceEncoder encoder, PairNetwork network)
{
    /// <summary>Which network reads.</summary>
    public string NetworkVersion => network.Version;

    /// <summary>Adds to what is known of a pair what reading its texts tells.</summary>
    /// <param name="one">The one statement.</param>
    /// <param name="other">The other. Which is which makes no difference.</param>
    /// <param name="features">What is known by words.</param>
    public PairFeatures Read(PairStatement one, PairStatement other, PairFeatures features)
    {
        Span<float> scores = stackalloc float[PairModelVerdict.Classes];
        // The network is asked in one order: sentences of two memories are compared in that of the memories here, and alone there.
        var (first, second) = string.CompareOrdinal(one.Content, other.Content) <= 0 ? (one.Content, other.Content) : (other.Content, one.Content);
        network.Judge(first, second, scores);
        return features.WithReading(Vectors.Dot(one.Encoded(encoder), other.Encoded(encoder)), scores);
    }
}
