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

    /// <summary>Brings numbers between <paramref name="least"/> and their largest to [0, 1]; all to 0 when none is larger.</summary>
    public void Stretch(float least)
    {
        var span = Values.IsEmpty ? 0 : TensorPrimitives.Max<float>(Values) - least;
        if (span <= 0)
        {
            Values.Clear();
            return;
        }

        TensorPrimitives.Add(Values, -least, Values);
        TensorPrimitives.Multiply(Values, 1 / span, Values);
    }
}
