namespace Memory.Benchmarks.Texts;

/// <summary>
/// Statements by number, each with a question that it answers. The same seed and number yield the same text, on any thread and in any order,
/// so that a million of them need not be kept.
/// </summary>
internal interface ITextSource
{
    /// <summary>A statement as an assistant would store it.</summary>
    string Statement(int number);

    /// <summary>A question that the statement of this number answers.</summary>
    string Question(int number);
}
