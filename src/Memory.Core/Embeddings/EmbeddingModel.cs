namespace Memory.Core.Embeddings;

/// <summary>
/// Which model made a vector. Every stored vector is kept with it, and vectors of two models are never compared:
/// equal records mean comparable vectors.
/// </summary>
/// <param name="Name">What the model is called, as <c>static</c>.</param>
/// <param name="Dimensions">How many numbers a vector has, at least 1.</param>
/// <param name="Version">What tells one build of the model from another: for a model in a file, 32 hexadecimal digits made from its content.</param>
public sealed record EmbeddingModel(string Name, int Dimensions, string Version)
{
    /// <summary>The three parts in one line, <c>static/256/0123…</c>, for a log or a row.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}/{Dimensions}/{Version}");
}
