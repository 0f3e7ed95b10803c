namespace Memory.Core.Recall.Index;

/// <summary>The vector of one word, in signed bytes.</summary>
/// <param name="scale">The factor; 0 when the word has no vector.</param>
/// <param name="values">The bytes.</param>
internal sealed class WordVector(float scale, sbyte[] values)
{
    /// <summary>Whether the word has a vector.</summary>
    public bool Exists => scale > 0;

    /// <summary>The cosine of two words' vectors; 0 when one has none.</summary>
    public float Cosine(WordVector other) => Exists && other.Exists ? Int8Dot.Of(values, other.Values) * scale * other.Scale : 0;

    private sbyte[] Values => values;

    private float Scale => scale;
}
