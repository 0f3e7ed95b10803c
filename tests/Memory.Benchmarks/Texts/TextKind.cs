namespace Memory.Benchmarks.Texts;

/// <summary>Which texts a benchmark stores and asks for.</summary>
internal enum TextKind
{
    /// <summary>Ordinary sentences about people, projects and tools.</summary>
    Real,

    /// <summary>Words that no table of embeddings knows: the worst case.</summary>
    Synthetic,
}
