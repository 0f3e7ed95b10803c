using System.Numerics.Tensors;
using Memory.Training.Network;

namespace Memory.Learning.Tests.Network;

/// <summary>The calculus of the training: gradients are those of the loss, products those of the definition.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void Gradients_against_differences_of_the_loss_agree()
    {
        var random = new Random(7);
        var network = NetworkParameters.From(RandomMiniLm.Make(random), random);
        ReadPair[] pairs = [Pair(random, 5, 9, 3), Pair(random, 3, 4, 0), Pair(random, 8, 2, 4)];
        var pass = new NetworkPass(network, half: 0);
        pass.Learn(pairs, pairs.Length);
        var gradients = network.Learned.Select(static p => (float[])p.Gradients[0].Clone()).ToList();

        for (var i = 0; i < gradients.Count; i++)
        {
            var (parameter, gradient) = (network.Learned[i], gradients[i]);
            var length = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(gradient));
            length.ShouldBeGreaterThan(1e-3f, $"parameter {i}");
            const float step = 0.01f;
            var before = (float[])parameter.Values.Clone();
            var rise = (LossAt(step) - LossAt(-step)) / (2 * step);
            before.CopyTo(parameter.Values, 0);
            rise.ShouldBe(length, 0.05 * length + 1e-3, $"parameter {i} of {parameter.Values.Length} numbers");

            double LossAt(float along)
            {
                TensorPrimitives.MultiplyAdd(gradient, along / length, before, parameter.Values);
                return pass.Learn(pairs, pairs.Length) / pairs.Length;
            }
        }
    }

    [Theory]
    [InlineData(8, 1, 32)]
    [InlineData(16, 300, 64)]
    [InlineData(40, 257, 96)]
    public void MatrixProduct_of_any_shape_is_the_sum_of_products(int rows, int depth, int columns)
    {
        var random = new Random(rows);
        float[] left = RandomMiniLm.Draw(random, rows * depth, 1), right = RandomMiniLm.Draw(random, depth * columns, 1);
        var (leftTurned, rightTurned) = (Turned(left, rows, depth), Turned(right, depth, columns));
        var space = new MatrixProduct.Space();
        for (var form = 0; form < 4; form++)
        {
            var sum = RandomMiniLm.Draw(random, rows * columns, 1);
            var expected = (float[])sum.Clone();
            MatrixProduct.Add(
                form % 2 == 0 ? left : MatrixProduct.Transposed(leftTurned), form / 2 == 0 ? right : MatrixProduct.Transposed(rightTurned), sum, rows, depth, columns, space);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    for (var k = 0; k < depth; k++)
                    {
                        expected[(row * columns) + column] += left[(row * depth) + k] * right[(k * columns) + column];
                    }

                    sum[(row * columns) + column].ShouldBe(expected[(row * columns) + column], 1e-3);
                }
            }
        }
    }

    [Fact]
    public void Training_on_a_few_pairs_learns_them_and_gives_the_same_weights_again()
    {
        var random = new Random(3);
        var model = RandomMiniLm.Make(random);
        (ReadPair, ReadPair)[] pairs = [.. Enumerable.Range(0, 64).Select(i => Pair(random, 4, 4, i % 2)).Select(static p => (p with { Pieces = [p.Label, .. p.Pieces[1..]] }, p with { Pieces = [p.Label, .. p.Pieces[1..]] }))];

        var (told, again) = (new StringWriter(), new StringWriter());
        var network = PairNetworkTrainer.Train(model, [.. Enumerable.Repeat(pairs, 6).SelectMany(static p => p)], told);
        var same = PairNetworkTrainer.Train(model, [.. Enumerable.Repeat(pairs, 6).SelectMany(static p => p)], again);

        network.Learned.Zip(same.Learned).ShouldAllBe(static p => p.First.Values.SequenceEqual(p.Second.Values));
        var pass = new NetworkPass(network, half: 0);
        (pass.Learn([.. pairs.Select(static p => p.Item1)], pairs.Length) / pairs.Length).ShouldBeLessThan(0.3);
    }

    private static ReadPair Pair(Random random, int first, int second, int label) => new([.. Enumerable.Range(0, first + second).Select(_ => random.Next(RandomMiniLm.Vocabulary.Length))], first, label);


    private static float[] Turned(float[] values, int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(i => values[((i % rows) * columns) + (i / rows)])];
}
