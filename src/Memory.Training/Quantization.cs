namespace Memory.Training;

/// <summary>Rounds a row of numbers to bytes and one scale.</summary>
internal static class Quantization
{
    private const int Largest = sbyte.MaxValue;

    /// <summary>Rounds, so that the largest magnitude becomes 127.</summary>
    /// <returns>What a byte is multiplied with to give the number back; 0 for a row of zeros.</returns>
    public static float Round(ReadOnlySpan<float> row, Span<sbyte> bytes)
    {
        var largest = 0f;
        foreach (var value in row)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        var scale = largest / Largest;
        for (var i = 0; i < row.Length; i++)
        {
            bytes[i] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(row[i] / scale, MidpointRounding.ToEven);
        }

        return scale;
    }
}
