using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Memory.Core.Consolidation.Pairs.Network;

namespace Memory.Training.Network;

/// <summary>Attention of the pieces of each pair over each other (Vaswani et al. 2017, section 3.2), and its gradients.</summary>
internal static class Attention
{
    private const int HeadWidth = PairNetworkShape.Width / PairNetworkShape.Heads;
    private const int Step = 3 * PairNetworkShape.Width;
    private const int Lanes = 16;
    private static readonly float Factor = 1 / MathF.Sqrt(HeadWidth);

    /// <summary>How many shares a batch has.</summary>
    public static int SharesOf(PairBatch batch) => batch.Lengths.Sum(static n => n * n) * PairNetworkShape.Heads;

    /// <summary>Mixes the values of each pair.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="projected">Queries, keys and values side by side, a row a piece.</param>
    /// <param name="shares">Where the shares go that each piece takes of each; kept for <see cref="Backward"/>.</param>
    /// <param name="mixed">Where the results go; cleared before.</param>
    public static void Forward(PairBatch batch, float[] projected, float[] shares, float[] mixed)
    {
        Array.Clear(mixed, 0, batch.Rows * PairNetworkShape.Width);
        var at = 0;
        foreach (var (start, length) in batch.Sequences)
        {
            for (var head = 0; head < PairNetworkShape.Heads; head++)
            {
                for (var i = 0; i < length; i++, at += length)
                {
                    var row = shares.AsSpan(at, length);
                    var query = Part(projected, start + i, 0, head);
                    for (var j = 0; j < length; j++)
                    {
                        row[j] = Dot(query, Part(projected, start + j, 1, head)) * Factor;
                    }

                    TensorPrimitives.SoftMax(row, row);
                    var sum = mixed.AsSpan(((start + i) * PairNetworkShape.Width) + (head * HeadWidth), HeadWidth);
                    for (var j = 0; j < length; j++)
                    {
                        AddMultiple(Part(projected, start + j, 2, head), row[j], sum);
                    }
                }
            }
        }
    }

    /// <summary>Turns the gradient of the results into that of queries, keys and values.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="projected">What went in.</param>
    /// <param name="shares">What <see cref="Forward"/> kept.</param>
    /// <param name="dMixed">The gradient of the results.</param>
    /// <param name="dProjected">Where the gradient goes; cleared before.</param>
    public static void Backward(PairBatch batch, float[] projected, float[] shares, float[] dMixed, float[] dProjected)
    {
        Array.Clear(dProjected, 0, batch.Rows * Step);
        var gradients = new float[batch.Lengths.Max()];
        var at = 0;
        foreach (var (start, length) in batch.Sequences)
        {
            for (var head = 0; head < PairNetworkShape.Heads; head++)
            {
                for (var i = 0; i < length; i++, at += length)
                {
                    ReadOnlySpan<float> row = shares.AsSpan(at, length);
                    var of = gradients.AsSpan(0, length);
                    var dResult = dMixed.AsSpan(((start + i) * PairNetworkShape.Width) + (head * HeadWidth), HeadWidth);
                    for (var j = 0; j < length; j++)
                    {
                        of[j] = Dot(dResult, Part(projected, start + j, 2, head));
                        AddMultiple(dResult, row[j], Part(dProjected, start + j, 2, head));
                    }

                    // Of a softmax: each share times how far its own gradient is from the mean.
                    var mean = TensorPrimitives.Dot(of, row);
                    var query = Part(projected, start + i, 0, head);
                    var dQuery = Part(dProjected, start + i, 0, head);
                    for (var j = 0; j < length; j++)
                    {
                        var gradient = row[j] * (of[j] - mean) * Factor;
                        AddMultiple(Part(projected, start + j, 1, head), gradient, dQuery);
                        AddMultiple(query, gradient, Part(dProjected, start + j, 1, head));
                    }
                }
            }
        }
    }

    // 0 for the query, 1 for the key, 2 for the value.
    private static Span<float> Part(float[] projected, int row, int which, int head) =>
        projected.AsSpan((row * Step) + (which * PairNetworkShape.Width) + (head * HeadWidth), HeadWidth);

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Vector512.Sum((Vector512.Create(a) * Vector512.Create(b)) + (Vector512.Create(a[Lanes..]) * Vector512.Create(b[Lanes..])));

    private static void AddMultiple(ReadOnlySpan<float> values, float factor, Span<float> sum)
    {
        (Vector512.Create((ReadOnlySpan<float>)sum) + (Vector512.Create(values) * factor)).CopyTo(sum);
        var rest = sum[Lanes..];
        (Vector512.Create((ReadOnlySpan<float>)rest) + (Vector512.Create(values[Lanes..]) * factor)).CopyTo(rest);
    }
}
