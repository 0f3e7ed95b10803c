namespace Memory.Core.Screening;

/// <summary>What quotes around the value of a setting tell of it.</summary>
internal enum ValueQuotes
{
    /// <summary>There are none, or they do not close on the line: a space ends the value.</summary>
    None,

    /// <summary>They stand in a sentence, and may quote words as well as a value.</summary>
    OfSentence,

    /// <summary>The setting has its line for itself, as in a file of settings.</summary>
    OfLine,

    /// <summary>They are those of an assignment or of a member of JSON: nothing but a value stands there.</summary>
    OfCode,
}
