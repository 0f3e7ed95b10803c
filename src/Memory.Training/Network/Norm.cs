using System.Numerics.Tensors;

namespace Memory.Training.Network;

/// <summary>Layer normalisation (Ba, Kiros and Hinton 2016, arXiv 1607.06450) and its gradients.</summary>
/// <param name="Scale">A factor for each number of a row.</param>
/// <param name="Shift">What is added to each.</param>
internal sealed record Norm(Parameter Scale, Parameter Shift)
{
    private const float Epsilon = 1e-12f;

    /// <summary>Normalises rows.</summary>
    /// <param name="x">The rows; each becomes its normal form without scale and shift, which <see cref="Backward"/> needs.</param>
    /// <param name="y">Where the results go.</param>
    /// <param name="factors">Where what each row was multiplied with goes.</param>
    /// <param name="rows">How many.</param>
    public void Forward(float[] x, float[] y, float[] factors, int rows)
    {
        var width = Scale.Values.Length;
        for (var row = 0; row < rows; row++)
        {
            var normal = x.AsSpan(row * width, width);
            TensorPrimitives.Subtract(normal, TensorPrimitives.Sum<float>(normal) / width, normal);
            factors[row] = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(normal) / width) + Epsilon);
            TensorPrimitives.Multiply(normal, factors[row], normal);
            TensorPrimitives.MultiplyAdd(normal, Scale.Values, Shift.Values, y.AsSpan(row * width, width));
        }
    }

    /// <summary>Turns the gradient of the output into that of the input.</summary>
    /// <param name="normal">What <see cref="Forward"/> made of its input.</param>
    /// <param name="factors">What it multiplied with.</param>
    /// <param name="gradient">The gradient of the output; becomes that of the input.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="half">Which half of the batch.</param>
    public void Backward(float[] normal, float[] factors, float[] gradient, int rows, int half)
    {
        var width = Scale.Values.Length;
        var scale = Scale.Gradients[half].AsSpan();
        var shift = Shift.Gradients[half].AsSpan();
        for (var row = 0; row < rows; row++)
        {
            var dy = gradient.AsSpan(row * width, width);
            ReadOnlySpan<float> x = normal.AsSpan(row * width, width);
            TensorPrimitives.MultiplyAdd(dy, x, scale, scale);
            TensorPrimitives.Add(shift, dy, shift);
            TensorPrimitives.Multiply(dy, Scale.Values, dy);
            var (mean, along) = (TensorPrimitives.Sum<float>(dy) / width, TensorPrimitives.Dot(dy, x) / width);
            for (var i = 0; i < dy.Length; i++)
            {
                dy[i] = factors[row] * (dy[i] - mean - (x[i] * along));
            }
        }
    }
}
