using System.Buffers;
using System.Numerics.Tensors;

namespace Memory.Core.Recall.Ranking;

/// <summary>A number for every entry of an index, in rented memory.</summary>
internal readonly ref struct Scores
{
    private readonly float[] _rented;

    public Scores(int count)
    {
        _rented = ArrayPool<float>.Shared.Rent(count);
        Values = _rented.AsSpan(0, count);
        Values.Clear();
    }

    public Span<float> Values { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);

    /// <summary>Divides all by the largest, so that it becomes 1. Nothing happens when none is above 0.</summary>
    /// <returns>The largest; 0 when none is above 0.</returns>
    public float Stretch()
    {
        var largest = Values.IsEmpty ? 0 : TensorPrimitives.Max<float>(Values);
        if (largest <= 0)
        {
            return 0;
        }

        TensorPrimitives.Divide(Values, largest, Values);
        return largest;
    }
}
