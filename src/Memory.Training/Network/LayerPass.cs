using System.Numerics.Tensors;
using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>One half of a batch on its way through one layer, and back.</summary>
/// <param name="layer">The layer.</param>
/// <param name="half">Which half.</param>
/// <param name="space">Where factors are packed.</param>
internal sealed class LayerPass(Layer layer, int half, MatrixProduct.Space space)
{
    private const int Width = PairNetworkShape.Width;

    private float[] _input = [];
    private float[] _projected = [];
    private float[] _shares = [];
    private float[] _mixed = [];
    private float[] _attended = [];
    private float[] _attendedFactors = [];
    private float[] _middle = [];
    private float[] _wide = [];
    private float[] _tangents = [];
    private float[] _active = [];
    private float[] _fed = [];
    private float[] _fedFactors = [];
    private float[] _output = [];
    private float[] _spare = [];

    /// <summary>Goes through.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="input">A row a piece; kept until <see cref="Backward"/>.</param>
    /// <returns>A row a piece, valid until the next time.</returns>
    public float[] Forward(PairBatch batch, float[] input)
    {
        var rows = batch.Rows;
        Reserve(rows, Attention.SharesOf(batch));
        _input = input;
        layer.QueryKeyValue.Forward(input, _projected, rows, space);
        Attention.Forward(batch, _projected, _shares, _mixed);
        layer.AttentionOutput.Forward(_mixed, _attended, rows, space);
        Add(_attended, input, rows * Width);
        layer.AfterAttention.Forward(_attended, _middle, _attendedFactors, rows);

        layer.Expand.Forward(_middle, _wide, rows, space);
        Gelu.Forward(_wide.AsSpan(0, rows * PairNetworkShape.HiddenWidth), _tangents, _active);
        layer.Contract.Forward(_active, _fed, rows, space);
        Add(_fed, _middle, rows * Width);
        layer.AfterFeedForward.Forward(_fed, _output, _fedFactors, rows);
        return _output;
    }

    /// <summary>Goes back.</summary>
    /// <param name="batch">The pairs that went through.</param>
    /// <param name="gradient">The gradient of what came out; becomes that of what went in.</param>
    public void Backward(PairBatch batch, float[] gradient)
    {
        var rows = batch.Rows;
        layer.AfterFeedForward.Backward(_fed, _fedFactors, gradient, rows, half);

        // What is no longer needed of the way there holds the gradients of the way back.
        var dMiddle = _output;
        gradient.AsSpan(0, rows * Width).CopyTo(dMiddle);
        Array.Clear(_spare, 0, rows * PairNetworkShape.HiddenWidth);
        layer.Contract.Backward(_active, gradient, _spare, rows, half, space);
        Gelu.Backward(_wide.AsSpan(0, rows * PairNetworkShape.HiddenWidth), _tangents, _spare);
        layer.Expand.Backward(_middle, _spare, dMiddle, rows, half, space);

        layer.AfterAttention.Backward(_attended, _attendedFactors, dMiddle, rows, half);
        dMiddle.AsSpan(0, rows * Width).CopyTo(gradient);
        Array.Clear(_fed, 0, rows * Width);
        layer.AttentionOutput.Backward(_mixed, dMiddle, _fed, rows, half, space);
        Attention.Backward(batch, _projected, _shares, _fed, _spare);
        layer.QueryKeyValue.Backward(_input, _spare, gradient, rows, half, space);
    }

    private void Reserve(int rows, int shares)
    {
        if (_shares.Length < shares)
        {
            _shares = new float[shares];
        }

        if (_attendedFactors.Length < rows)
        {
            (_attendedFactors, _fedFactors) = (new float[rows], new float[rows]);
            (_projected, _wide, _tangents, _active, _spare) = (new float[3 * rows * Width], Hidden(), Hidden(), Hidden(), Hidden());
            (_mixed, _attended, _middle, _fed, _output) = (Narrow(), Narrow(), Narrow(), Narrow(), Narrow());
        }

        float[] Hidden() => new float[rows * PairNetworkShape.HiddenWidth];
        float[] Narrow() => new float[rows * Width];
    }

    private static void Add(float[] sum, float[] added, int count) => TensorPrimitives.Add(sum.AsSpan(0, count), added.AsSpan(0, count), sum);
}
