using System.Numerics.Tensors;
using Memory.Core.Consolidation.Pairs;
using Memory.Learning;

namespace Memory.Training.Pairs;

/// <summary>
/// Trains what tells of sentence vectors: cross-entropy, minimised by Adam (Kingma and Ba 2015, section 2, with its constants) with a
/// penalty on squared weights. One thread, one seed: the same pairs give the same weights on processors of one kind.
/// </summary>
internal sealed class VectorHeadTrainer
{
    private const int Seed = 20;
    private const int Epochs = 5;
    private const int Batch = 256;
    private const float Rate = 1e-3f;
    private const float FirstMoment = 0.9f;
    private const float SecondMoment = 0.999f;
    private const float Epsilon = 1e-8f;
    private const float Decay = 0.002f;

    private readonly VectorHead _head = new();
    private readonly float[][] _gradients;
    private readonly float[][] _first;
    private readonly float[][] _second;
    private int _steps;

    private VectorHeadTrainer() => (_gradients, _first, _second) = (Like(), Like(), Like());

    /// <summary>Trains on some pairs.</summary>
    public static VectorHead Train(IReadOnlyList<ComparedPair> pairs)
    {
        var (trainer, random) = (new VectorHeadTrainer(), new Random(Seed));
        trainer.Begin(random);
        var order = Enumerable.Range(0, pairs.Count).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var batch in order.Chunk(Batch))
            {
                trainer.Learn(batch, pairs);
            }
        }

        return trainer._head;
    }

    // Uniform, so that layers neither grow nor shrink what goes through (Glorot and Bengio 2010, formula 16).
    private void Begin(Random random)
    {
        Fill(_head.HiddenWeights, MathF.Sqrt(6f / (VectorHead.Inputs + VectorHead.Hidden)));
        Fill(_head.Weights, MathF.Sqrt(6f / (VectorHead.Hidden + PairModelVerdict.Classes)));

        void Fill(float[] weights, float most)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = ((random.NextSingle() * 2) - 1) * most;
            }
        }
    }

    private void Learn(int[] batch, IReadOnlyList<ComparedPair> pairs)
    {
        Span<float> inputs = stackalloc float[VectorHead.Inputs];
        Span<float> hidden = stackalloc float[VectorHead.Hidden];
        Span<float> errors = stackalloc float[PairModelVerdict.Classes];
        foreach (var at in batch)
        {
            var pair = pairs[at];
            VectorHead.Describe(pair.VectorOne, pair.VectorOther, inputs);
            _head.Judge(inputs, hidden, errors);
            TensorPrimitives.Exp(errors, errors);
            errors[(int)pair.Label.Relation] -= 1;
            AddGradients(inputs, hidden, errors);
        }

        Step(batch.Length);
    }

    private void AddGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<float> hidden, ReadOnlySpan<float> errors)
    {
        Span<float> back = stackalloc float[VectorHead.Hidden];
        back.Clear();
        for (var c = 0; c < errors.Length; c++)
        {
            AddMultiple(hidden, errors[c], _gradients[2].AsSpan(c * VectorHead.Hidden, VectorHead.Hidden));
            AddMultiple(_head.Weights.AsSpan(c * VectorHead.Hidden, VectorHead.Hidden), errors[c], back);
            _gradients[3][c] += errors[c];
        }

        for (var h = 0; h < VectorHead.Hidden; h++)
        {
            if (hidden[h] > 0)
            {
                AddMultiple(inputs, back[h], _gradients[0].AsSpan(h * VectorHead.Inputs, VectorHead.Inputs));
                _gradients[1][h] += back[h];
            }
        }
    }

    private static void AddMultiple(ReadOnlySpan<float> values, float factor, Span<float> sum) => TensorPrimitives.MultiplyAdd(values, factor, sum, sum);

    private void Step(int count)
    {
        _steps++;
        var rate = Rate * MathF.Sqrt(1 - MathF.Pow(SecondMoment, _steps)) / (1 - MathF.Pow(FirstMoment, _steps));
        for (var part = 0; part < _gradients.Length; part++)
        {
            var (values, gradients, first, second) = (_head.Parts[part], _gradients[part], _first[part], _second[part]);
            var decay = part % 2 == 0 ? Decay : 0;
            for (var i = 0; i < values.Length; i++)
            {
                var gradient = (gradients[i] / count) + (decay * values[i]);
                first[i] = (FirstMoment * first[i]) + ((1 - FirstMoment) * gradient);
                second[i] = (SecondMoment * second[i]) + ((1 - SecondMoment) * gradient * gradient);
                values[i] -= rate * first[i] / (MathF.Sqrt(second[i]) + Epsilon);
            }

            Array.Clear(gradients);
        }
    }

    private float[][] Like() => [.. _head.Parts.Select(static p => new float[p.Length])];
}
