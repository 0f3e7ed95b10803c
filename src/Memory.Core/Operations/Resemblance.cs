using Memory.Core.Memories;
using Memory.Core.Storage;

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

    // The rarest words are the most telling ones. Of a text that shares three words in five, one in twenty shares none in one half of eight.
    private const int ProbeWords = 8;
    private const int ProbeMatches = 8;

    internal static IReadOnlyList<Resemblance> Find(IMemoryReader reader, string content)
    {
        var words = LexicalQuery.Parse(content);
        if (words.IsEmpty)
        {
            return [];
        }

        return [.. reader.Search(words.Rarest(ProbeWords, reader.WordFrequencies(words.Words)), new MemoryFilter(), ProbeMatches, TermMatch.EachHalf)
            .Select(m => new Resemblance(m.Memory.Id, m.Memory.Content, Dice(words, LexicalQuery.Parse(m.Memory.Content))))
            .Where(static r => r.Similarity >= Threshold)
            .OrderByDescending(static r => r.Similarity)
            // One more than is shown: the statement itself may be among them.
            .Take(MaxCount + 1)];
    }

    private static double Dice(LexicalQuery a, LexicalQuery b)
    {
        var (left, right) = (a.AllTerms.ToHashSet(StringComparer.Ordinal), b.AllTerms.ToHashSet(StringComparer.Ordinal));
        var shared = left.Count(right.Contains);
        return 2.0 * shared / (left.Count + right.Count);
    }
}
