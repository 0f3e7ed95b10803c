namespace Memory.Training.Table;

/// <summary>How often a word stands in text, judged by its rank: proportional to 1/(rank + 2.7) (Zipf's law as Mandelbrot amended it).</summary>
internal static class Zipf
{
    private const double Shift = 2.7;

    // The list is cut off, not the language: beyond this rank a word adds next to nothing.
    private const int AllWords = 400_000;

    /// <summary>The share of each word in all text.</summary>
    public static double[] Frequencies(IReadOnlyList<RankedWord> words)
    {
        var total = 0.0;
        for (var rank = 1; rank <= AllWords; rank++)
        {
            total += 1 / (rank + Shift);
        }

        return [.. words.Select(word => 1 / ((word.Rank + Shift) * total))];
    }
}
