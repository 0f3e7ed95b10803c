namespace Memory.Core.Embeddings;

/// <summary>The runs of characters inside a word from which the vector of an unknown one is put together; the ends of the word count as a character.</summary>
internal static class WordPieces
{
    /// <summary>The shortest run.</summary>
    public const int MinLength = 3;

    /// <summary>The longest run.</summary>
    public const int MaxLength = 4;

    /// <summary>What stands for an end of the word.</summary>
    public const char Edge = '\u0001';

    /// <summary>The runs of a word, those that begin first first, short before long.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        var bounded = $"{Edge}{word}{Edge}";
        var pieces = new List<string>();
        for (var start = 0; start < bounded.Length; start++)
        {
            for (var length = MinLength; length <= MaxLength && start + length <= bounded.Length; length++)
            {
                pieces.Add(bounded.Substring(start, length));
            }
        }

        return pieces;
    }

    /// <summary>Finds the pieces of a word that a table knows.</summary>
    /// <param name="bounded">The word between two <see cref="Edge"/>.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Where the rows go; two for each character are enough.</param>
    /// <returns>How many there are.</returns>
    public static int Find(ReadOnlySpan<char> bounded, StaticTable table, Span<int> rows)
    {
        var count = 0;
        for (var start = 0; start + MinLength <= bounded.Length; start++)
        {
            var state = TermHash.Inner;
            var run = bounded[start..Math.Min(bounded.Length, start + MaxLength)];
            for (var i = 0; i < run.Length; i++)
            {
                state = TermHash.Add(state, run[i]);
                if (i + 1 >= MinLength && table.Find(TermHash.Finish(state)) is >= 0 and var row)
                {
                    rows[count++] = row;
                }
            }
        }

        return count;
    }
}
