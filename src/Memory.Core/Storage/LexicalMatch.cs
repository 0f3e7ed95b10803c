using Memory.Core.Memories;

namespace Memory.Core.Storage;

/// <summary>A memory that contains words of a query.</summary>
/// <param name="Memory">The memory.</param>
/// <param name="Bm25">How well they match: Okapi BM25 as SQLite's FTS5 calculates it (k1 1.2, b 0.75), with its sign turned so that more is better; above 0.</param>
public readonly record struct LexicalMatch(MemoryRecord Memory, double Bm25);
