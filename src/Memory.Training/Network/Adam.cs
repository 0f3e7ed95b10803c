using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Memory.Training.Network;

/// <summary>Moves parameters against their gradients: Adam (Kingma and Ba 2015, section 2, with its constants) with decoupled decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
/// <param name="parameters">What is learned.</param>
internal sealed class Adam(IReadOnlyList<Parameter> parameters)
{
    private const float FirstMoment = 0.9f;
    private const float SecondMoment = 0.999f;
    private const float Epsilon = 1e-8f;
    private const float Decay = 0.01f;

    // A batch of surprises must not undo what was learned (Pascanu, Mikolov and Bengio 2013, algorithm 1).
    private const float LongestGradient = 1;

    private int _steps;

    /// <summary>Makes one step and forgets the gradients.</summary>
    /// <param name="rate">How far what was learned before moves.</param>
    /// <param name="freshRate">How far what is fresh moves.</param>
    public void Step(float rate, float freshRate)
    {
        _steps++;
        var squares = new double[parameters.Count];
        Parallel.For(0, parameters.Count, i =>
        {
            var (sum, other) = (parameters[i].Gradients[0], parameters[i].Gradients[1]);
            TensorPrimitives.Add(sum, other, sum);
            squares[i] = TensorPrimitives.SumOfSquares<float>(sum);
        });
        var factor = Math.Min(1, LongestGradient / (float)(Math.Sqrt(squares.Sum()) + 1e-6));
        var (firstUnbiased, secondUnbiased) = (1 / (1 - MathF.Pow(FirstMoment, _steps)), 1 / (1 - MathF.Pow(SecondMoment, _steps)));
        Parallel.For(0, parameters.Count, i => Move(parameters[i], factor, parameters[i].IsFresh ? freshRate : rate, firstUnbiased, secondUnbiased));
    }

    private static void Move(Parameter parameter, float factor, float rate, float firstUnbiased, float secondUnbiased)
    {
        var (values, gradients, first, second) = (parameter.Values, parameter.Gradients[0], parameter.First, parameter.Second);
        var decay = parameter.Decays ? Decay : 0;
        var at = 0;
        for (; at <= values.Length - Vector512<float>.Count; at += Vector512<float>.Count)
        {
            var gradient = Vector512.LoadUnsafe(ref gradients[at]) * factor;
            var one = (Vector512.LoadUnsafe(ref first[at]) * FirstMoment) + (gradient * (1 - FirstMoment));
            var two = (Vector512.LoadUnsafe(ref second[at]) * SecondMoment) + (gradient * gradient * (1 - SecondMoment));
            var value = Vector512.LoadUnsafe(ref values[at]);
            one.StoreUnsafe(ref first[at]);
            two.StoreUnsafe(ref second[at]);
            (value - (((one * firstUnbiased / (Vector512.Sqrt(two * secondUnbiased) + Vector512.Create(Epsilon))) + (value * decay)) * rate)).StoreUnsafe(ref values[at]);
        }

        for (; at < values.Length; at++)
        {
            var gradient = gradients[at] * factor;
            first[at] = (first[at] * FirstMoment) + (gradient * (1 - FirstMoment));
            second[at] = (second[at] * SecondMoment) + (gradient * gradient * (1 - SecondMoment));
            values[at] -= ((first[at] * firstUnbiased / (MathF.Sqrt(second[at] * secondUnbiased) + Epsilon)) + (values[at] * decay)) * rate;
        }

        Array.Clear(parameter.Gradients[0]);
        Array.Clear(parameter.Gradients[1]);
    }
}
