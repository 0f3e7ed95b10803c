using Memory.Core.Memories;

namespace Memory.Core.Operations;

/// <summary>A memory that closely resembles a statement, so that the client may update it instead of adding another.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Content">Its statement.</param>
/// <param name="Similarity">How alike the words are: the Dice coefficient 2|A and B| / (|A| + |B|) of their sets of words, in [0.6, 1].</param>
public sealed record Resemblance(MemoryId Id, string Content, double Similarity)
{
    /// <summary>How many a statement is told of at most.</summary>
    public const int MaxCount = 3;

    /// <summary>From here on two statements closely resemble each other: of ten words six are shared.</summary>
    public const double Threshold = 0.6;
}
