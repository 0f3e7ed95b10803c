namespace Memory.Core.Consolidation.Pairs;

/// <summary>What a word of a statement does in it.</summary>
internal enum TokenKind : byte
{
    /// <summary>It carries what is said.</summary>
    Word,

    /// <summary>Grammar, or the frame of a report: 'the', 'of', 'user', 'said'.</summary>
    Function,

    /// <summary>It weakens: 'probably', 'think'.</summary>
    Hedge,

    /// <summary>It denies: 'not', 'never', 'without'.</summary>
    Negation,

    /// <summary>A number, with its unit if it has one.</summary>
    Number,

    /// <summary>A date, a weekday, a month or a time of day.</summary>
    Date,

    /// <summary>A version: 'v2', '1.4.0'.</summary>
    Version,

    /// <summary>A name from code, a path, an address.</summary>
    Identifier,
}
