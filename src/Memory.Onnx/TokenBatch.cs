namespace Memory.Onnx;

/// <summary>Several texts as the model takes them: one row a text, all of the length of the longest.</summary>
internal sealed class TokenBatch
{
    // 32 texts of 512 tokens would take 400 MB for the attention of a small model alone; 4,096 tokens take a quarter at most.
    private const int MaxTexts = 32;
    private const int MaxTokens = 4_096;

    private TokenBatch(IReadOnlyList<int[]> texts, int padding)
    {
        Count = texts.Count;
        // A text of which nothing is left still has its row; a runtime takes no tensor without length.
        Length = Math.Max(1, texts.Max(static t => t.Length));
        Tokens = new long[Count * Length];
        Mask = new long[Count * Length];
        Array.Fill(Tokens, padding);
        for (var row = 0; row < Count; row++)
        {
            for (var i = 0; i < texts[row].Length; i++)
            {
                Tokens[(row * Length) + i] = texts[row][i];
                Mask[(row * Length) + i] = 1;
            }
        }
    }

    /// <summary>How many texts.</summary>
    public int Count { get; }

    /// <summary>How many tokens the longest has.</summary>
    public int Length { get; }

    /// <summary>[count, length].</summary>
    public long[] Tokens { get; }

    /// <summary>[count, length]: 1 where there is text, 0 where it was filled up.</summary>
    public long[] Mask { get; }

    /// <summary>Divides texts into batches, those of like length together, so that little is filled up.</summary>
    /// <returns>Each batch and the positions of its texts in <paramref name="texts"/>.</returns>
    public static IEnumerable<(TokenBatch Batch, int[] Positions)> Divide(IReadOnlyList<int[]> texts, int padding)
    {
        var order = Enumerable.Range(0, texts.Count).OrderByDescending(i => texts[i].Length).ToArray();
        for (var start = 0; start < order.Length;)
        {
            var count = Math.Clamp(MaxTokens / Math.Max(1, texts[order[start]].Length), 1, Math.Min(MaxTexts, order.Length - start));
            var positions = order[start..(start + count)];
            yield return (new TokenBatch([.. positions.Select(i => texts[i])], padding), positions);
            start += count;
        }
    }
}
