using System.Numerics.Tensors;
using Memory.Core.Consolidation.Pairs;
using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>One half of a batch on its way through the network, and back. Not thread-safe: each half has its own.</summary>
internal sealed class NetworkPass
{
    private const int Width = PairNetworkShape.Width;

    private readonly NetworkParameters _network;
    private readonly int _half;
    private readonly LayerPass[] _layers;
    private float[] _embedded = [];
    private float[] _factors = [];
    private float[] _first = [];
    private float[] _gradient = [];

    public NetworkPass(NetworkParameters network, int half)
    {
        (_network, _half) = (network, half);
        var space = new MatrixProduct.Space();
        _layers = [.. network.Layers.Select(l => new LayerPass(l, half, space))];
    }

    /// <summary>Reads pairs and adds their gradients.</summary>
    /// <param name="pairs">The pairs of this half.</param>
    /// <param name="total">How many pairs the whole batch has: gradients are of the mean over these.</param>
    /// <returns>The sum of their losses: cross-entropies, in nats.</returns>
    public double Learn(IReadOnlyList<ReadPair> pairs, int total)
    {
        if (pairs.Count == 0)
        {
            return 0;
        }

        var batch = new PairBatch(pairs);
        var state = Forward(batch);
        Array.Clear(_gradient, 0, batch.Rows * Width);
        var loss = Judge(batch, state, total);
        foreach (var layer in _layers.Reverse())
        {
            layer.Backward(batch, _gradient);
        }

        _network.AfterEmbedding.Backward(_embedded, _factors, _gradient, batch.Rows, _half);
        var sides = _network.Sides.Gradients[_half];
        foreach (var (pair, (start, length)) in pairs.Zip(batch.Sequences))
        {
            for (var i = 0; i < length; i++)
            {
                var side = sides.AsSpan((i < pair.SecondStart ? 0 : 1) * Width, Width);
                TensorPrimitives.Add(side, _gradient.AsSpan((start + i) * Width, Width), side);
            }
        }

        return loss;
    }

    private float[] Forward(PairBatch batch)
    {
        if (_factors.Length < batch.Rows)
        {
            _factors = new float[batch.Rows];
            (_embedded, _first, _gradient) = (new float[batch.Rows * Width], new float[batch.Rows * Width], new float[batch.Rows * Width]);
        }

        Array.Clear(_embedded);
        foreach (var (pair, (start, length)) in batch.Pairs.Zip(batch.Sequences))
        {
            for (var i = 0; i < length; i++)
            {
                var row = _embedded.AsSpan((start + i) * Width, Width);
                TensorPrimitives.Add(_network.Pieces.AsSpan(pair.Pieces[i] * Width, Width), _network.Positions.AsSpan(i * Width, Width), row);
                TensorPrimitives.Add(row, _network.Sides.Values.AsSpan((i < pair.SecondStart ? 0 : 1) * Width, Width), row);
            }
        }

        _network.AfterEmbedding.Forward(_embedded, _first, _factors, batch.Rows);
        return _layers.Aggregate(_first, (state, layer) => layer.Forward(batch, state));
    }

    // The mean over a pair's pieces, a weighted sum of it for each relation, the logarithm of the probability of the right one.
    private double Judge(PairBatch batch, float[] state, int total)
    {
        var loss = 0.0;
        Span<float> mean = stackalloc float[Width];
        Span<float> dMean = stackalloc float[Width];
        Span<float> errors = stackalloc float[PairModelVerdict.Classes];
        var (weights, dWeights, dBias) = (_network.Output.Weights.Values, _network.Output.Weights.Gradients[_half], _network.Output.Bias.Gradients[_half]);
        foreach (var (pair, (start, length)) in batch.Pairs.Zip(batch.Sequences))
        {
            mean.Clear();
            for (var i = 0; i < length; i++)
            {
                TensorPrimitives.Add(mean, state.AsSpan((start + i) * Width, Width), mean);
            }

            TensorPrimitives.Divide(mean, length, mean);
            for (var c = 0; c < errors.Length; c++)
            {
                errors[c] = TensorPrimitives.Dot<float>(mean, weights.AsSpan(c * Width, Width)) + _network.Output.Bias.Values[c];
            }

            TensorPrimitives.SoftMax(errors, errors);
            loss -= Math.Log(Math.Max(errors[pair.Label], float.Epsilon));
            errors[pair.Label] -= 1;
            dMean.Clear();
            for (var c = 0; c < errors.Length; c++)
            {
                var error = errors[c] / total;
                var row = dWeights.AsSpan(c * Width, Width);
                TensorPrimitives.MultiplyAdd(mean, error, row, row);
                TensorPrimitives.MultiplyAdd(weights.AsSpan(c * Width, Width), error, dMean, dMean);
                dBias[c] += error;
            }

            TensorPrimitives.Divide(dMean, length, dMean);
            for (var i = 0; i < length; i++)
            {
                dMean.CopyTo(_gradient.AsSpan((start + i) * Width, Width));
            }
        }

        return loss;
    }
}
