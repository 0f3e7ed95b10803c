using System.Numerics.Tensors;

namespace Memory.Training.Network;

/// <summary>A dense layer, <c>Y = X W + b</c>, and its gradients.</summary>
/// <param name="Weights">W: a row an input, a column an output.</param>
/// <param name="Bias">b: one number an output.</param>
internal sealed record Dense(Parameter Weights, Parameter Bias)
{
    /// <summary>How many numbers come out.</summary>
    public int Outputs => Bias.Values.Length;

    /// <summary>How many numbers go in.</summary>
    public int Inputs => Weights.Values.Length / Outputs;

    /// <summary>Applies the layer to rows.</summary>
    public void Forward(float[] x, float[] y, int rows, MatrixProduct.Space space)
    {
        for (var row = 0; row < rows; row++)
        {
            Bias.Values.CopyTo(y, row * Outputs);
        }

        MatrixProduct.Add(x, Weights.Values, y, rows, Inputs, Outputs, space);
    }

    /// <summary>Adds what the gradient of the output makes of those of the weights and of the input.</summary>
    /// <param name="x">What went in.</param>
    /// <param name="dy">The gradient of what came out.</param>
    /// <param name="dx">To this the gradient of the input is added.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="half">Which half of the batch.</param>
    /// <param name="space">Where factors are packed.</param>
    public void Backward(float[] x, float[] dy, float[] dx, int rows, int half, MatrixProduct.Space space)
    {
        MatrixProduct.Add(MatrixProduct.Transposed(x.AsSpan(0, rows * Inputs)), dy, Weights.Gradients[half], Inputs, rows, Outputs, space);
        MatrixProduct.Add(dy, MatrixProduct.Transposed(Weights.Values), dx, rows, Outputs, Inputs, space);
        var sum = Bias.Gradients[half].AsSpan();
        for (var row = 0; row < rows; row++)
        {
            TensorPrimitives.Add(sum, dy.AsSpan(row * Outputs, Outputs), sum);
        }
    }
}
