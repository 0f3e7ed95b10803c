namespace Memory.Core.Consolidation.Pairs.Network;

/// <summary>How large the network over pairs of texts is: that of MiniLM (Wang et al. 2020, arXiv 2002.10957) with 6 layers.</summary>
internal static class PairNetworkShape
{
    /// <summary>How many numbers stand for a piece.</summary>
    public const int Width = 384;

    /// <summary>How many heads of attention a layer has.</summary>
    public const int Heads = 12;

    /// <summary>How many units of a layer's feed-forward block are hidden.</summary>
    public const int HiddenWidth = 1536;

    /// <summary>How many layers there are.</summary>
    public const int Layers = 6;

    /// <summary>How many pieces of each of the two texts are read, with the marks around them.</summary>
    public const int MaxPiecesOfOne = 100;

    /// <summary>How many pieces of a pair are read.</summary>
    public const int MaxPieces = 2 * MaxPiecesOfOne;
}
