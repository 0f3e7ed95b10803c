using System.Buffers;

namespace Memory.Core.Embeddings;

/// <summary>One layer of a pre-norm transformer (Vaswani et al. 2017, "Attention is all you need"; the norms stand before the blocks, not after).</summary>
internal static class Transformer
{
    private const int Heads = 4;
    private const float Epsilon = 1e-6f;

    /// <summary>Adds the layer's attention over an input, and then its feed-forward block, to a state.</summary>
    /// <param name="layer">The weights.</param>
    /// <param name="input">What the attention reads; <paramref name="count"/> vectors. May be the state itself.</param>
    /// <param name="state">What the blocks are added to; <paramref name="count"/> vectors.</param>
    /// <param name="count">How many vectors.</param>
    public static void Apply(EncoderLayer layer, ReadOnlySpan<float> input, Span<float> state, int count)
    {
        var width = layer.QueryKeyValue.Inputs;
        var hidden = layer.Expand.Outputs;
        var rented = ArrayPool<float>.Shared.Rent((2 * count * hidden) + state.Length);
        try
        {
            var wide = rented.AsSpan(0, count * hidden);
            var narrow = rented.AsSpan(count * hidden, count * width);
            var added = rented.AsSpan(2 * count * hidden, state.Length);

            Normalize(layer.BeforeAttention, input, narrow, Epsilon);
            layer.QueryKeyValue.Apply(narrow, wide, count);
            Attend(wide[..(count * 3 * width)], narrow, width, Heads, count);
            layer.AttentionOutput.Apply(narrow, added, count);
            Add(added, state);

            narrow = rented.AsSpan(count * hidden, state.Length);
            Normalize(layer.BeforeFeedForward, state, narrow, Epsilon);
            layer.Expand.Apply(narrow, wide, count);
            foreach (ref var value in wide)
            {
                value = MathF.Max(value, 0);
            }

            layer.Contract.Apply(wide, added, count);
            Add(added, state);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Brings each vector to mean 0 and variance 1, then scales and shifts its dimensions (Ba, Kiros and Hinton 2016, arXiv 1607.06450).</summary>
    /// <param name="norm">Scale and shift of each dimension.</param>
    /// <param name="from">The vectors.</param>
    /// <param name="to">Where the results go. May be the vectors themselves.</param>
    /// <param name="epsilon">What is added to the variance, so that nothing is divided by 0.</param>
    public static void Normalize(LayerNorm norm, ReadOnlySpan<float> from, Span<float> to, float epsilon)
    {
        var width = norm.Scale.Length;
        for (var start = 0; start < from.Length; start += width)
        {
            var vector = from.Slice(start, width);
            var mean = 0f;
            foreach (var value in vector)
            {
                mean += value;
            }

            mean /= width;
            var variance = 0f;
            foreach (var value in vector)
            {
                variance += (value - mean) * (value - mean);
            }

            var factor = 1 / MathF.Sqrt((variance / width) + epsilon);
            for (var i = 0; i < width; i++)
            {
                to[start + i] = (norm.Scale[i] * factor * (vector[i] - mean)) + norm.Shift[i];
            }
        }
    }

    /// <summary>Mixes the values of vectors by how well their keys answer each vector's query.</summary>
    /// <param name="projected">Queries, keys and values side by side in each vector; each head owns a stretch of each.</param>
    /// <param name="result">Where the results go, <paramref name="width"/> numbers each.</param>
    /// <param name="width">How many numbers a query, a key or a value has, of all heads.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="count">How many vectors.</param>
    public static void Attend(ReadOnlySpan<float> projected, Span<float> result, int width, int heads, int count)
    {
        var head = width / heads;
        var factor = 1 / MathF.Sqrt(head);
        Span<float> shares = stackalloc float[count];
        result[..(count * width)].Clear();
        for (var h = 0; h < heads; h++)
        {
            for (var i = 0; i < count; i++)
            {
                var query = projected.Slice((i * 3 * width) + (h * head), head);
                for (var j = 0; j < count; j++)
                {
                    shares[j] = Vectors.Dot(query, projected.Slice((j * 3 * width) + width + (h * head), head)) * factor;
                }

                Softmax(shares);
                var mixed = result.Slice((i * width) + (h * head), head);
                for (var j = 0; j < count; j++)
                {
                    Vectors.AddMultiple(projected.Slice((j * 3 * width) + (2 * width) + (h * head), head), shares[j], mixed);
                }
            }
        }
    }

    private static void Softmax(Span<float> values)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in values)
        {
            largest = MathF.Max(largest, value);
        }

        var sum = 0f;
        foreach (ref var value in values)
        {
            value = (float)Math.Exp(value - largest);
            sum += value;
        }

        foreach (ref var value in values)
        {
            value /= sum;
        }
    }

    private static void Add(ReadOnlySpan<float> added, Span<float> state)
    {
        for (var i = 0; i < added.Length; i++)
        {
            state[i] += added[i];
        }
    }
}
