namespace Memory.Core.Consolidation.Pairs;

/// <summary>What sort of fact a text states that no merge may lose.</summary>
internal enum FactKind
{
    /// <summary>A number with its unit.</summary>
    Number,

    /// <summary>A date, weekday, month or time of day.</summary>
    Date,

    /// <summary>A version.</summary>
    Version,

    /// <summary>A name, identifier, path, address or quotation.</summary>
    Name,

    /// <summary>A negation with the word it denies.</summary>
    Negation,
}

/// <summary>A fact in its canonical form: '16 gb', '2025-03-04', '1.4.0', 'ana costa', 'not smoke'.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The canonical value.</param>
internal readonly record struct Fact(FactKind Kind, string Value);
