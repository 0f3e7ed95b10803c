namespace Memory.Core.Storage;

/// <summary>A memory's statement and the vector that is kept for it.</summary>
/// <param name="Place">Its place in the order in which memories were stored.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Vector">The vector of the model that was asked for.</param>
public readonly record struct EmbeddedStatement(long Place, Statement Statement, StoredVector Vector);
