namespace Memory.Onnx;

/// <summary>How the vectors of the tokens become the vector of the text.</summary>
internal enum Pooling
{
    /// <summary>The mean over the tokens that are text.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    First,
}
