namespace Memory.Training.Network;

/// <summary>A pair as the network reads it.</summary>
/// <param name="Pieces">Ids of pieces: of a mark that begins, the one statement, a mark that ends, the other statement, the mark again.</param>
/// <param name="SecondStart">Where the other statement begins.</param>
/// <param name="Label">Which relation they have.</param>
internal sealed record ReadPair(int[] Pieces, int SecondStart, int Label);

/// <summary>Pairs that go through the network together, their pieces one below the other.</summary>
internal sealed class PairBatch
{
    /// <summary>Takes the pairs.</summary>
    public PairBatch(IReadOnlyList<ReadPair> pairs)
    {
        Pairs = pairs;
        Lengths = [.. pairs.Select(static p => p.Pieces.Length)];
        Sequences = new (int, int)[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            Sequences[i] = (Pieces, Lengths[i]);
            Pieces += Lengths[i];
        }

        Rows = (Pieces + MatrixProduct.Rows - 1) / MatrixProduct.Rows * MatrixProduct.Rows;
    }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<ReadPair> Pairs { get; }

    /// <summary>How many pieces each has.</summary>
    public int[] Lengths { get; }

    /// <summary>Of each pair the first row and the number of rows.</summary>
    public (int Start, int Length)[] Sequences { get; }

    /// <summary>How many pieces all have.</summary>
    public int Pieces { get; }

    /// <summary>How many rows there are; those behind the last piece are nobody's and fill up a block.</summary>
    public int Rows { get; }
}
