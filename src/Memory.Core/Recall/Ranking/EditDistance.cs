namespace Memory.Core.Recall.Ranking;

/// <summary>How many slips of the pen part two words.</summary>
internal static class EditDistance
{
    /// <summary>
    /// The optimal string alignment distance: letters left out, added, exchanged, or swapped with their neighbour
    /// (F. J. Damerau, "A technique for computer detection and correction of spelling errors", <i>CACM</i> 7(3), 1964).
    /// </summary>
    /// <param name="a">A word of at most 64 characters.</param>
    /// <param name="b">Another.</param>
    /// <param name="most">The largest distance of interest.</param>
    /// <returns>The distance, or <see langword="null"/> when it is larger than that.</returns>
    public static int? AtMost(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return null;
        }

        Span<int> rows = stackalloc int[3 * (b.Length + 1)];
        var before = rows[..(b.Length + 1)];
        var previous = rows.Slice(b.Length + 1, b.Length + 1);
        var current = rows[(2 * (b.Length + 1))..];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var distance = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                current[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > most)
            {
                return null;
            }

            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }

        return previous[b.Length] <= most ? previous[b.Length] : null;
    }
}
