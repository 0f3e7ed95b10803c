namespace Memory.Training.Network;

/// <summary>Numbers that are learned together.</summary>
/// <param name="values">What they are at first; changed in place.</param>
/// <param name="decays">Whether they are drawn towards 0: matrices are, shifts and scales are not.</param>
/// <param name="isFresh">Whether nothing was learned before: then they move faster.</param>
internal sealed class Parameter(float[] values, bool decays, bool isFresh = false)
{
    /// <summary>The numbers.</summary>
    public float[] Values { get; } = values;

    /// <summary>Whether they are drawn towards 0.</summary>
    public bool Decays { get; } = decays;

    /// <summary>Whether nothing was learned before.</summary>
    public bool IsFresh { get; } = isFresh;

    /// <summary>For each of the halves of a batch, the sum of its gradients.</summary>
    public float[][] Gradients { get; } = [new float[values.Length], new float[values.Length]];

    /// <summary>The running mean of the gradients.</summary>
    public float[] First { get; } = new float[values.Length];

    /// <summary>The running mean of their squares.</summary>
    public float[] Second { get; } = new float[values.Length];
}
