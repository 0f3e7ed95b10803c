namespace Memory.Core.Consolidation.Pairs;

/// <summary>A model that has learned from labelled pairs how two memories relate. Thread-safe.</summary>
public interface IPairModel
{
    /// <summary>Which training made it; for reports.</summary>
    string Version { get; }

    /// <summary>Which training made the network over pairs that it has learned to trust; that of another training tells it nothing.</summary>
    string NetworkVersion { get; }

    /// <summary>How sure it must be; chosen with the training.</summary>
    PairThresholds Thresholds { get; }

    /// <summary>Judges one pair.</summary>
    /// <param name="features">What the model knows a pair by, in the order it was trained with.</param>
    /// <param name="probabilities">Where the probability of each <see cref="PairRelation"/> goes, in the order of its values.</param>
    void Judge(ReadOnlySpan<float> features, Span<float> probabilities);
}
