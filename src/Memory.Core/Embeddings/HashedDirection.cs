namespace Memory.Core.Embeddings;

/// <summary>
/// A direction made of a hash: each dimension + or - by one bit of a SplitMix64 sequence. Two hashes' directions are almost at
/// right angles (a cosine of 0 ± 0.06 in 256 dimensions), and one hash's is always the same, so what no table knows still finds its like.
/// </summary>
internal static class HashedDirection
{
    private const int Bits = 64;

    /// <summary>Adds a vector of a given length in the direction of a hash.</summary>
    public static void Add(ulong hash, float length, Span<float> vector)
    {
        var step = length / MathF.Sqrt(vector.Length);
        ReadOnlySpan<float> signs = [step, -step];
        for (var start = 0; start < vector.Length; start += Bits)
        {
            hash += 0x9e3779b97f4a7c15;
            var bits = TermHash.Finish(hash);
            var part = vector[start..Math.Min(start + Bits, vector.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                part[i] += signs[(int)(bits >> i) & 1];
            }
        }
    }
}
