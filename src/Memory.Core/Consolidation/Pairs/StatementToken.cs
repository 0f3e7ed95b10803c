namespace Memory.Core.Consolidation.Pairs;

/// <summary>One word of a statement.</summary>
/// <param name="Text">In lower case, as written.</param>
/// <param name="Stem">What all forms, spellings and synonyms of it share; of numbers and dates the canonical value.</param>
/// <param name="Kind">What it does.</param>
/// <param name="IsCapital">Whether it is written with a capital.</param>
/// <param name="StartsSentence">Whether a sentence begins with it.</param>
/// <param name="InList">Whether a comma, 'and' or 'or' stands directly before or after it.</param>
internal readonly record struct StatementToken(string Text, string Stem, TokenKind Kind, bool IsCapital, bool StartsSentence, bool InList)
{
    /// <summary>Whether it carries something that a comparison of content must see.</summary>
    public bool IsContent => Kind is TokenKind.Word or TokenKind.Number or TokenKind.Date or TokenKind.Version or TokenKind.Identifier;

    /// <summary>Whether it is a value that must not differ between duplicates.</summary>
    public bool IsValue => Kind is TokenKind.Number or TokenKind.Date or TokenKind.Version;
}
