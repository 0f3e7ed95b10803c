using Memory.Core.Storage;

namespace Memory.Core.Embeddings;

/// <summary>The vector of a query, and the model by which it is to be compared.</summary>
/// <param name="Model">The model, as the store names it.</param>
/// <param name="Dimensions">The numbers of one of its vectors, at least 1.</param>
/// <param name="Vector">The vector; a scale of 0 when there is none.</param>
/// <param name="Note">What the caller should know about it, or <see langword="null"/>.</param>
internal readonly record struct QueryEmbedding(string Model, int Dimensions, StoredVector Vector, string? Note)
{
    /// <summary>No model at all: words only.</summary>
    public static QueryEmbedding WordsOnly(string? note) => new("none", 1, default, note);
}
