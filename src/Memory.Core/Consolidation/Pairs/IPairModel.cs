namespace Memory.Core.Consolidation.Pairs;

/// <summary>A model that has learned from labelled pairs how two memories relate. Thread-safe.</summary>
public interface IPairModel
{
    /// <summary>Which training made it; for reports.</summary>
    string Version { get; }

    /// <summary>How sure it must be; chosen with the training.</summary>
    PairThresholds Thresholds { get; }

    /// <summary>Judges one pair.</summary>
    /// <param name="features">What the model knows a pair by, in the order it was trained with.</param>
    /// <param name="probabilities">Where the probability of each <see cref="PairRelation"/> goes, in the order of its values.</param>
    void Judge(ReadOnlySpan<float> features, Span<float> probabilities);

    /// <summary>Judges one pair by the vectors of its sentences alone: a part of what <see cref="Judge"/> is told.</summary>
    /// <param name="one">The vector of one statement by the sentence encoder, of length 1.</param>
    /// <param name="other">That of the other; which is which changes nothing.</param>
    /// <param name="scores">Where the logarithm of the probability of each <see cref="PairRelation"/> goes, in the order of its values.</param>
    void JudgeVectors(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> scores);
}
