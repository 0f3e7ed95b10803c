namespace Memory.Core.Storage;

/// <summary>
/// A vector of length 1 in signed bytes: a byte times <see cref="Scale"/> is a number of the vector. A quarter of the room of floats, and the
/// order of neighbours hardly changes.
/// </summary>
/// <param name="Scale">The factor, above 0; 0 for a text that has no vector.</param>
/// <param name="Values">One byte for each dimension, -127 to 127.</param>
public readonly record struct StoredVector(float Scale, ReadOnlyMemory<sbyte> Values)
{
    private const float Largest = 127;

    /// <summary>Rounds a vector.</summary>
    /// <param name="vector">Finite numbers; all zeros for a text without a vector.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static StoredVector Of(ReadOnlySpan<float> vector)
    {
        var largest = 0f;
        foreach (var value in vector)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException("A vector holds finite numbers only.", nameof(vector));
            }

            largest = Math.Max(largest, Math.Abs(value));
        }

        var values = new sbyte[vector.Length];
        for (var i = 0; largest > 0 && i < vector.Length; i++)
        {
            values[i] = (sbyte)MathF.Round(vector[i] / largest * Largest);
        }

        return new StoredVector(largest / Largest, values);
    }
}
