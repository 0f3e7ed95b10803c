using Memory.Core.Memories;

namespace Memory.Core.Embeddings;

/// <summary>What every vector from outside goes through: one that is no direction in space would poison each comparison with it.</summary>
internal static class VectorCheck
{
    /// <summary>Brings a vector to length 1, or leaves it all zeros when it is nearly so.</summary>
    /// <param name="vector">The vector; finite numbers of any length.</param>
    /// <param name="dimensions">How many numbers it must have.</param>
    /// <param name="who">Who made it, as the beginning of a sentence.</param>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static Problem? Normalize(Span<float> vector, int dimensions, string who)
    {
        if (vector.Length != dimensions)
        {
            return new(ProblemCode.ModelUnavailable, $"{who} made a vector of {vector.Length} numbers where {dimensions} belong. Vectors of two models cannot be compared.");
        }

        var largest = 0f;
        foreach (var value in vector)
        {
            if (!float.IsFinite(value))
            {
                return new(ProblemCode.ModelUnavailable, $"{who} made a vector that contains {(float.IsNaN(value) ? "NaN" : "infinity")}.");
            }

            largest = MathF.Max(largest, MathF.Abs(value));
        }

        // Its square overflows or vanishes before the number itself does.
        if (largest is > 1e15f or (> 0 and < 1e-8f))
        {
            foreach (ref var value in vector)
            {
                value /= largest;
            }
        }

        Vectors.Normalize(vector);
        return null;
    }
}
